"""What the pictures need, one module a page: frozen records of everything that is drawn, computed from the measures.

Everything is in nats; nothing here formats or draws.
"""
