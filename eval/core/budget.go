package core

// This file defines Call as a budget.

import "github.com/firn-lang/firn/eval/budget"

var _ budget.Budget = (*Call)(nil)

// Room returns an error if there is no room for that many more bytes, in the
// heap or outside of it. It is CheckSize, in bytes.
func (c *Call) Room(bytes uint64) error { return c.CheckSize(bytes / 8) }
