package eval

// This file defines what tests look at.

// StackEstimate returns how much of Go's stack c's evaluation believes to use.
func (c *Call) StackEstimate() int { return c.w.stack }
