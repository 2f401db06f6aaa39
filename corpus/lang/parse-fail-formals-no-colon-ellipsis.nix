# L26: an ellipsis and no body
({ ... })
