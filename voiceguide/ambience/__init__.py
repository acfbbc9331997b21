"""What is heard under the words: soundscapes made from recipes, the breath pacer, bells and beats."""
