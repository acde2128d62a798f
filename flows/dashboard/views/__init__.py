"""The pages of the dashboard, a module each with one function: ``show`` draws the page for the filters of the view."""
