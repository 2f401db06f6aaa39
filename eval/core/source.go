package core

// This file defines the evaluation as printers of package format see it.

import (
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/heap"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// Source returns the evaluation for the printers of package format.
func (c *Call) Source() format.Source { return source{c} }

// DocumentContext returns the context of all strings in a document.
func (c *Call) DocumentContext(doc *format.Document) Context {
	if len(doc.Contexts) == 0 {
		return 0
	}
	list := make([]Context, len(doc.Contexts))
	for i, ctx := range doc.Contexts {
		list[i] = Context(ctx)
	}
	return c.UnionAll(list)
}

// source is Source for a worker outside of a call of a builtin. It allocates nothing, so
// that errors which are caught stay cheap.
func (w *worker) source() format.Source { return source{&w.own} }

// A source is a Call as a format.Source. It is one pointer, so that it becomes an
// interface without an allocation.
type source struct{ c *Call }

func (s source) Heap() *heap.Space                       { return &s.c.w.Space }
func (s source) Name(sym lang.Symbol) string             { return s.c.w.name(sym) }
func (s source) Lookup(name string) lang.Symbol          { return s.c.Lookup(name) }
func (s source) Known(l heap.Lazy) heap.Value            { return s.c.w.known(l) }
func (s source) SortedAttrs(set heap.Value) []heap.Entry { return s.c.w.sortedAttrs(set) }

func (s source) FunctionText(fn heap.Value) string            { return s.c.w.showFunction(fn) }
func (s source) TypeText(v heap.Value) any                    { return s.c.ShowType(v) }
func (s source) Lambda(fn heap.Value) *lang.Lambda            { return s.c.Lambda(fn) }
func (s source) AttrPos(v heap.Value, n lang.Symbol) lang.Pos { return s.c.w.attrPos(v, n) }
func (s source) Position(pos lang.Pos) lang.Position          { return s.c.w.ev.config.Files.Position(pos) }

// PathText returns a path that cannot be settled as it is: messages have no errors.
func (s source) PathText(path string) string {
	if text, err := s.c.Settled(path); err == nil {
		path = text
	}
	return world.Shown(path)
}

func (s source) SettledPath(path string) (string, error) { return s.c.Settled(path) }

// DefinedAt returns otherwise for a value that is neither a function nor a set.
func (s source) DefinedAt(v heap.Value, otherwise lang.Pos) lang.Pos {
	return s.c.DefinedAt(v, otherwise)
}

// StoreDir is the usual folder for an evaluator without a store.
func (s source) StoreDir() string {
	if copier := s.c.w.ev.opt.Copier; copier != nil {
		return copier.Dir()
	}
	return "/nix/store"
}

// Force turns the failure of a worker into an error of Go, as all methods here do.
func (s source) Force(l heap.Lazy, pos lang.Pos) (heap.Value, error) {
	return s.c.w.result(s.c.w.force(l, pos))
}

// Apply is Call.Apply1 at a place.
func (s source) Apply(fn heap.Value, arg heap.Lazy, pos lang.Pos) (heap.Value, error) {
	args := [1]heap.Lazy{arg}
	return s.c.w.result(s.c.w.call(fn, args[:], pos))
}

// Coerce translates the flags: format knows none of core's.
func (s source) Coerce(l heap.Lazy, pos lang.Pos, how format.Coercion, words string) (string, uint32, error) {
	var flags Coercion
	if how&format.CopyPaths != 0 {
		flags |= CopyToStore
	}
	if how&format.CleanPaths != 0 {
		flags |= Canonicalize
	}
	text, ctx, ok := s.c.w.coerceToString(l, pos, flags, words)
	if !ok {
		return "", 0, s.c.w.take()
	}
	return text, uint32(ctx), nil
}

// Share returns nil, and not a Sharing without a team.
func (s source) Share(elems []heap.Lazy, json bool) format.Sharing {
	share := s.c.ShareValues
	if json {
		share = s.c.ShareJSON
	}
	if shared := share(elems); shared.s != nil {
		return shared
	}
	return nil
}

func (s source) Roomy() bool              { return s.c.w.depth <= s.c.w.maxDepth }
func (s source) Enter(pos lang.Pos) error { return s.c.EnterAt(pos) }
func (s source) Leave()                   { s.c.Leave() }

// EnterPart takes stack of Go for one level of a printer.
func (s source) EnterPart() error {
	if s.c.w.enter(frameGo) {
		return nil
	}
	return s.c.w.take()
}

func (s source) LeavePart()    { s.c.w.leave(frameGo) }
func (s source) MaxDepth() int { return s.c.w.maxDepth }

// TooDeep makes the error in the worker, which keeps it ready, and takes it out.
func (s source) TooDeep(pos lang.Pos) error {
	s.c.w.tooDeep(pos)
	return s.c.w.take()
}

func (s source) Tick(n int) error        { return s.c.Tick(n) }
func (s source) Room(bytes uint64) error { return s.c.Room(bytes) }
func (s source) Charge(bytes int) error  { return s.c.Charge(bytes) }

// problemCodes are the codes of errors that printers make.
var problemCodes = [...]Code{
	format.NoForm: CodeOutputForm, format.NoFunction: CodeWrongType, format.NotUTF8: CodeNotUTF8,
	format.NotInStore: CodeStorePath, format.Endless: CodeStackOverflow,
}

// Errorf gives the error the code of its problem; the kind follows from that.
func (s source) Errorf(p format.Problem, pos lang.Pos, format string, args ...any) error {
	return s.c.w.errorf(problemCodes[p], pos, format, args...)
}

// At keeps a position that err has: it is nearer to the cause.
func (s source) At(err error, pos lang.Pos) error {
	e := s.c.w.asError(err)
	if e.Pos == 0 {
		e.Pos = pos
	}
	return e
}

// Frame is FrameAt of the call: an empty format adds no step.
func (s source) Frame(err error, pos lang.Pos, format string, args ...any) error {
	return s.c.FrameAt(err, pos, format, args...)
}

// Part is FramePart of the call.
func (s source) Part(err error, pos lang.Pos, format string, args ...any) error {
	return s.c.FramePart(err, pos, format, args...)
}

// keptError is about how many bytes an error takes that a printer keeps, beyond what the
// failure of its thunk counts: the copy, and the failure itself, which stays until the
// evaluation ends. Measured with 35,000 of them.
const keptError = 1 << 10

// Keep counts the error as memory: with Options.OnError there may be one for each part.
func (s source) Keep(err error) error {
	s.c.w.Charge(keptError)
	return s.c.w.detach(err)
}

// Describe tells package format what printers want to know of an error.
func (e *Error) Describe() format.Description {
	return format.Description{
		Message:  e.Msg,
		Position: e.Position(),
		Ends:     e.Kind == ErrInterrupted || e.Kind == ErrLimit,
		TooDeep:  e.Kind == ErrStackOverflow,
	}
}
