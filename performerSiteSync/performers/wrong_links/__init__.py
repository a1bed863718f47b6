"""Takes back the values that came to scenes through wrong links; Tag Manager's link doctor finds these links."""
