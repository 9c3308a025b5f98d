"""Our own pages: the demo page that shows the widget on a page like the centre's."""
