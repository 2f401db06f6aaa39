package format

// This file defines Source: what printers need of the evaluator whose values they print.

import (
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/lang"
)

// A Source is the evaluation whose values are printed. Package core implements it, which
// uses this package for its messages, and so cannot be imported here.
//
// Errors of a Source are those of the evaluation, and have a method Describe() Description.
// They pass through printers as they are, but for frames.
type Source interface {
	// Heap returns the heap in which the values are.
	Heap() *heap.Space
	// Name returns the name of a symbol, Lookup the symbol of a name; 0 if there is none.
	Name(sym lang.Symbol) string
	Lookup(name string) lang.Symbol
	// SortedAttrs returns the attributes of a set in the order of their names.
	SortedAttrs(set heap.Value) []heap.Entry

	// FunctionText returns what messages show of a function: «lambda f @ file:1:2».
	FunctionText(fn heap.Value) string
	// PathText returns what messages show of a path.
	PathText(path string) string
	// SettledPath returns a path as results have it.
	SettledPath(path string) (string, error)
	// TypeText returns what messages call the type of v, as an argument of Errorf.
	TypeText(v heap.Value) any
	// Lambda returns the function fn as it stands in the source text; nil for builtins.
	Lambda(fn heap.Value) *lang.Lambda
	// AttrPos returns where the attribute name of set was defined, and DefinedAt where
	// the function or set v was: otherwise, if that is not known.
	AttrPos(set heap.Value, name lang.Symbol) lang.Pos
	DefinedAt(v heap.Value, otherwise lang.Pos) lang.Pos
	Position(pos lang.Pos) lang.Position
	// StoreDir returns the folder of store paths.
	StoreDir() string

	// Known returns what l is, or became in this evaluation; 0 if it is still to be evaluated.
	Known(l heap.Lazy) heap.Value
	// Force evaluates l, which is needed at pos, to weak head normal form.
	Force(l heap.Lazy, pos lang.Pos) (heap.Value, error)
	// Apply calls fn, for what is at pos.
	Apply(fn heap.Value, arg heap.Lazy, pos lang.Pos) (heap.Value, error)
	// Coerce returns l as a string with its context. words are the frame of an error, which
	// is at pos; "" for none.
	Coerce(l heap.Lazy, pos lang.Pos, how Coercion, words string) (text string, context uint32, err error)

	// Share lets helpers of the evaluation, if it has some, force elems to weak head normal form or,
	// with json, what the JSON of them is made of. The caller must come to each in turn, and not
	// change elems until it calls Close. The Sharing is nil if there are none.
	Share(elems []heap.Lazy, json bool) Sharing

	// Enter counts a level of nesting as a call within a call, and EnterPart one that is
	// no call, but takes stack. If they return no error, the caller must call Leave or
	// LeavePart when it leaves the level.
	Enter(pos lang.Pos) error
	Leave()
	EnterPart() error
	LeavePart()
	// Roomy reports whether Enter would not fail for the lack of levels.
	Roomy() bool
	// MaxDepth is how many calls there may be within calls; TooDeep returns the error for
	// one more.
	MaxDepth() int
	TooDeep(pos lang.Pos) error

	// Tick, Room and Charge are those of a budget.Budget.
	Tick(n int) error
	Room(bytes uint64) error
	Charge(bytes int) error

	// Errorf returns an error at pos; 0 if no place is known.
	Errorf(p Problem, pos lang.Pos, format string, args ...any) error
	// At gives err a position if it has none, and returns it.
	At(err error, pos lang.Pos) error
	// Frame adds a frame to err, and returns it.
	Frame(err error, pos lang.Pos, format string, args ...any) error
	// Part is like Frame, for a part of the value that is printed.
	Part(err error, pos lang.Pos, format string, args ...any) error
	// Keep returns err so that it can be kept after evaluation has gone on.
	Keep(err error) error
}

// A Sharing is what is shared with the helpers of an evaluation.
type Sharing interface {
	Come(i int) // says that the caller has come to element i
	Close()     // says that the caller needs no more
}

// A Coercion says what Coerce does with paths.
type Coercion uint8

// Flags of a Coercion.
const (
	CopyPaths  Coercion = 1 << iota // a path becomes that of its copy in the store
	CleanPaths                      // a path has no . and .. any more
)

// A Problem is why a printer cannot write a value. A Source makes a code of an error of it.
type Problem uint8

// Problems of printers.
const (
	NoForm     Problem = iota // the form has no way to write the value
	NoFunction                // the form has no way to write a value of that type
	NotUTF8                   // a string is not UTF-8
	NotInStore                // a path is not in the store
	Endless                   // the value contains itself
)

// A Description is what a printer wants to know of an error.
type Description struct {
	Message  string        // without a position
	Position lang.Position // the zero Position if none is known
	Ends     bool          // the evaluation is to end: a limit was met, or it was interrupted
	TooDeep  bool          // calls or values are nested too deeply
}
