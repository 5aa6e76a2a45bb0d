"""How each kind of question is answered: one function an intent, facts in, words out."""
