"""Voices: anything that turns spoken text into audio.

One module per engine, chosen by name in :mod:`narration.voices.choice`.
"""
