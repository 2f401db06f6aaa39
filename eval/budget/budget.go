// Package budget bounds what a piece of work may use: steps, bytes, and time.
//
//	Budget                   steps, room for bytes, and the early end
//	Tick, Room, Charge       a Budget's methods, for one that may be nil
//	Sort, SortFunc           stable sorting
//	Copy, Compare, Index…    what packages slices and strings do, on what may be large
//	Write, Reader, ReadAll   writing, hashing and reading
//	List, Stack, Buffer      containers that are never copied while they grow
//
// A nil Budget is unlimited, everywhere: in the helpers here, and in every
// package that takes one. Work on small input asks no budget, and takes no
// longer for having one.
//
// The package imports nothing of the project, so that formats and stores can
// be used without the evaluator. An evaluation is a Budget by its *core.Call.
package budget

// This file defines Budget.

const (
	partShift = 14

	// PartLen is how many elements are dealt with between two questions to a
	// budget.
	PartLen = 1 << partShift

	// PartBytes is how many bytes are.
	PartBytes = 1 << 16
)

// A Budget is what a piece of work may use. Each method returns an error if the
// work is to end: because a limit is met, or because its caller gave up. The
// work returns that error as it is, and undoes nothing.
//
// A Budget belongs to one goroutine.
type Budget interface {
	// Tick counts n steps, each of about a microsecond or less. Loops call it at
	// least every millisecond.
	Tick(n int) error

	// Room returns an error if there is no room for that many more bytes. It
	// counts nothing, and must be called before something large is made.
	Room(bytes uint64) error

	// Charge counts bytes that stay in use after the work.
	Charge(bytes int) error
}

// Tick is b.Tick(n).
func Tick(b Budget, n int) error {
	if b == nil {
		return nil
	}
	return b.Tick(n)
}

// Room is b.Room(bytes).
func Room(b Budget, bytes uint64) error {
	if b == nil {
		return nil
	}
	return b.Room(bytes)
}

// Charge is b.Charge(bytes).
func Charge(b Budget, bytes int) error {
	if b == nil {
		return nil
	}
	return b.Charge(bytes)
}
