"""Tables that hold the form in another shape, or with others: brought into the form's own."""
