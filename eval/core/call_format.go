package core

// This file defines what those who write values need of a Call.

import "github.com/firn-lang/firn/lang"

// EnterLevel counts a level of recursion that is no call, at pos, and returns an
// error if the stack has no room for it. If it has, the caller calls LeaveLevel when
// it returns from that level.
func (c *Call) EnterLevel(pos lang.Pos) error {
	if c.w.enter(frameGo) {
		return nil
	}
	c.w.err.Pos = pos
	return c.w.take()
}

// LeaveLevel ends a level of recursion.
func (c *Call) LeaveLevel() { c.w.leave(frameGo) }

// MaxCallDepth returns how many calls there may be within calls.
func (c *Call) MaxCallDepth() int { return c.w.maxDepth }

// TooDeep returns the error for calls, or what is counted like them, that are more
// than MaxCallDepth within each other.
func (c *Call) TooDeep(pos lang.Pos) error {
	c.w.tooDeep(pos)
	return c.w.take()
}

// Detach returns err as it can be kept and printed when the evaluation has ended.
// It goes on, unlike by returning err.
func (c *Call) Detach(err error) error { return c.w.detach(err) }

// AttrPath splits an attribute path as SelectPath does.
func (c *Call) AttrPath(text string) ([]string, error) { return c.parseAttrPath(text) }
