package core

import "github.com/firn-lang/firn/lang"

// This file defines limits: of steps, memory, time and depth, and what ends an evaluation.

// Tick counts n units of work, each of about a microsecond or less, and returns
// an error if the evaluation is to stop. Loops over the parts of a value call it,
// but for what they evaluate: that is counted already. It costs next to nothing.
func (c *Call) Tick(n int) error {
	if c.w.Credit -= n; c.w.Credit >= 0 || c.w.check(c.pos) {
		return nil
	}
	return c.w.take()
}

// CheckInterrupt returns an error if the evaluation is to stop: Tick that always
// looks.
func (c *Call) CheckInterrupt() error {
	if c.w.check(c.pos) {
		return nil
	}
	return c.w.take()
}

// CheckSize returns an error if words more words of 8 bytes are too many for
// the heap. It is to be asked before something large is made.
func (c *Call) CheckSize(words uint64) error {
	if c.w.checkSize(words) {
		return nil
	}
	if c.w.err.Pos == 0 {
		c.w.err.Pos = c.pos
	}
	return c.w.take()
}

// Charge counts bytes that are kept outside of the heap, as if they were in it,
// and returns an error if they are too many.
func (c *Call) Charge(bytes int) error {
	if err := c.CheckSize(uint64(bytes)/8 + 1); err != nil {
		return err
	}
	c.w.Charge(uint64(bytes))
	return nil
}

// Enter counts a level of recursion in a builtin as a call within a call, and
// returns an error if that is one too many. If not, the builtin calls Leave
// when it returns from that level.
func (c *Call) Enter() error { return c.EnterAt(0) }

// EnterAt is Enter, for what is at pos.
func (c *Call) EnterAt(pos lang.Pos) error {
	if !c.w.enterCall(pos) {
		return c.w.take()
	}
	if !c.w.enter(frameGo) {
		c.w.depth--
		return c.w.take()
	}
	return nil
}

// Leave ends a level of recursion.
func (c *Call) Leave() {
	c.w.leave(frameGo)
	c.w.depth--
}

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
