"""A chapter made ready for YouTube: what is written beside it, its thumbnail, and the rules that YouTube has."""
