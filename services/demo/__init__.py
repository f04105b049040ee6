"""An invented township with six months behind it, made by the same verbs that people use."""
