// Package budgettest has a Budget for tests: it counts what it is asked, and
// says stop where a test wants it to.
package budgettest

import "errors"

// The errors of a Budget.
var (
	ErrStop = errors.New("stop") // of Tick
	ErrFull = errors.New("full") // of Room and Charge
)

// A Budget counts. The zero Budget never ends anything.
type Budget struct {
	Ticks, MaxTicks int    // calls of Tick; the call that fails, 0 for none
	Bytes, MaxBytes uint64 // the most that was asked for at once, or charged; how much is too much, 0 for none
	Charged         int    // bytes, in sum
}

// Tick implements budget.Budget.
func (b *Budget) Tick(int) error {
	if b.Ticks++; b.MaxTicks > 0 && b.Ticks >= b.MaxTicks {
		return ErrStop
	}
	return nil
}

// Room implements budget.Budget.
func (b *Budget) Room(bytes uint64) error {
	if b.Bytes = max(b.Bytes, bytes); b.MaxBytes > 0 && bytes > b.MaxBytes {
		return ErrFull
	}
	return nil
}

// Charge implements budget.Budget.
func (b *Budget) Charge(bytes int) error {
	b.Charged += bytes
	return b.Room(uint64(b.Charged))
}
