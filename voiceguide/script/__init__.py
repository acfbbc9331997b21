"""What the author wrote: `parser.parse` makes a Script, `includes.expand` completes it, `unfold.unfold` writes it out."""
