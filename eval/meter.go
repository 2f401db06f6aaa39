package eval

// This file defines what single evaluations cost.

import (
	"context"
	"sync"
	"time"

	"github.com/firn-lang/firn/eval/core"
)

// A Cost says what evaluations used, in the units of Limits.
type Cost struct {
	Evaluations int           // that have ended, also with an error
	Steps       uint64        // of work
	Memory      uint64        // bytes of values that were made, and of what counts as such
	Time        time.Duration // from the beginning of each to its end, without waiting for its turn
}

// A Meter sums what evaluations cost; see WithMeter. The zero Meter is ready. It may be used by
// several goroutines at once.
type Meter struct {
	mu   sync.Mutex
	cost Cost
}

// Cost returns the sum so far.
func (m *Meter) Cost() Cost {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.cost
}

type (
	meterKey   struct{} // of the Meter of a context
	meteredKey struct{} // of the Meter of the evaluation under way
)

// WithMeter returns a context with which evaluations add what they cost to m when they end. An
// evaluation that a Function begins is part of the one that called it, and so of its cost; with a
// Meter of its own, it adds its part to that as well. What was evaluated before costs nothing: of an
// imported file, the first evaluation that needs it pays for it.
func WithMeter(ctx context.Context, m *Meter) context.Context {
	return context.WithValue(ctx, meterKey{}, m)
}

// meterOf returns the Meter of ctx, if an evaluation with it is to be measured; otherwise nil.
func meterOf(ctx context.Context) *Meter {
	m, _ := ctx.Value(meterKey{}).(*Meter)
	if m == nil || ctx.Value(meteredKey{}) == m {
		return nil
	}
	return m
}

// measure calls fn, and adds what it costs.
func (m *Meter) measure(c *core.Call, fn func(c *core.Call) error) error {
	start := time.Now()
	steps, bytes := c.Used()
	defer func() { // also if a limit unwinds the evaluation
		endSteps, endBytes := c.Used()
		m.mu.Lock()
		defer m.mu.Unlock()
		m.cost.Evaluations++
		m.cost.Steps += endSteps - steps
		m.cost.Memory += endBytes - bytes
		m.cost.Time += time.Since(start)
	}()
	c.Extend(context.WithValue(c.Ctx(), meteredKey{}, m))
	return fn(c)
}
