"""Inside the Rasa server: the only package that imports rasa. Thin; the rules stand in services and understanding."""
