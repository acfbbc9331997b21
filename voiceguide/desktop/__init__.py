"""The desktop: media keys, what plays now, a machine that stays awake."""
