package report

// This file defines reports, and how one is made of an error.

import (
	"context"
	"errors"
	"strings"

	"github.com/firn-lang/firn/eval/core"
	"github.com/firn-lang/firn/eval/world"
	"github.com/firn-lang/firn/lang"
)

// Options say what is known of the user and of the evaluation.
type Options struct {
	// Main are the files and folders that the user named. What is there is the
	// user's even if it looks like a package set.
	Main []string
	// Library are folders of others, such as those of the search path.
	Library []string
	// StoreDir is where the store is; "" stands for /nix/store.
	StoreDir string
	// Host is where files are looked for that an error is about. nil: nowhere.
	Host world.Host
	// World is what the evaluation saw, with what it put into the store. Default:
	// Host.
	World world.Host
	// Copies says which files were copied to store paths: the source, by the path
	// in the store. It may be nil.
	Copies map[string]string
	// Hidden are files that the evaluation looked for, that are there for users, and that
	// are no part of the tree of Git.
	Hidden []*world.HiddenError
	// Texts are all that the evaluation read. Places are looked for in them that
	// the error does not have.
	Texts *lang.FileSet
	// Data is the file of JSON, TOML or YAML that was to be a value, if the error is
	// about its text; "" if no file was.
	Data string
	// Absent are builtins that are not there, by name: the experimental feature that
	// they need, or "" for those that pure evaluation takes away.
	Absent map[string]string
	// Globals are the names of builtins, for hints.
	Globals []string
}

// An Origin says whose text a place is in.
type Origin string

// Origins.
const (
	User    Origin = "user"
	Library Origin = "library" // the package set's, or another's
	Builtin Origin = "builtin" // the evaluator's own
)

// A Place is part of a source text. Lines and columns count from 1, columns in bytes; the end
// is behind the last byte. The frames of a report share places: callers must not modify them.
type Place struct {
	File      string   // absolute; or the name of a text of the command line
	Line      int      // of the first byte
	Column    int      // of the first byte
	EndLine   int      // at least Line
	EndColumn int      // equal to Column, on the same line, for an empty place
	Origin    Origin   // decides whether an excerpt is shown
	Lines     []string // the whole lines from Line to EndLine, without newlines

	library string // what the files of a library are called together
}

// A Frame is a step of how the evaluation came to the error.
type Frame struct {
	Text       string // the reference's words, without the place
	Place      *Place // nil if it has none
	Definition *Place // of a call: the function
	Origin     Origin // "" if it has no place
	Context    bool   // the program itself says it, with addErrorContext
	// Repeat is how often the frame, or the group, comes in a row.
	Repeat int
	Group  []Frame // frames that repeat together; or nil

	kind core.StepKind // decides how the place is marked, and what the short trace leaves out
	name string        // of the function that was called; or ""
}

// A Step is a value in a cycle: it needs the next one, the last one the first.
type Step struct {
	Name  string // "" if it has none
	Place *Place // nil for the import of a file

	source *source // the text that Place is in; nil if there is nothing to look up
	value  string  // the variable that it is; or ""
}

// A Definition is where an option is given a value.
type Definition struct {
	File  string // as the message names it: a path, or a path and ", via option …"
	Value string // as the message shows it; or ""
	Place *Place // in the file, if it was found there
}

// An Option is what a module system's error is about.
type Option struct {
	Path        string       // as the message has it, without [definition 1-entry 2]
	Type        string       // what it should be; or ""
	Definitions []Definition // in the order of the message
}

// A Report is an error with what helps to understand it.
type Report struct {
	Code    *Code
	Message string   // one line or several; no place
	Nix     string   // the reference's words
	Place   *Place   // in the user's own text if possible; or nil
	Source  *Place   // where the error was met, if that is elsewhere; or nil
	Found   []string // values that are not as they should be, as the printer writes them
	// Suggestions are names near to one that is not there.
	Suggestions []string
	Notes       []string  // what helps to understand or to repair it
	Frames      []Frame   // innermost first
	Cycle       []Step    // of an infinite recursion
	Option      *Option   // of a module system's error; or nil
	More        []*Report // other errors of a text that does not parse

	inner int // how many of Frames, the first ones, are inside Cycle
}

// is reports whether the error has that code.
func (r *Report) is(code core.Code) bool { return r.Code.Name == string(code) }

// New returns a report on err: an error of an evaluation, of the parser, of what reads data,
// or any other. Errors of Go code have no place and no trace, and their text is the message;
// a method ErrorCode says the code, PlainMessage the message in better words, and Suggestions what may
// have been meant.
func New(err error, opt Options) *Report {
	r := newReporter(opt)
	var e *core.Error
	if errors.As(err, &e) {
		return r.report(e)
	}
	if list := syntaxErrors(err); len(list) > 0 {
		return r.parseErrors(list)
	}
	var text textError
	if errors.As(err, &text) && codes[text.ErrorCode()] != nil {
		return r.textReport(text)
	}
	out := &Report{Code: codes[string(core.CodeHost)], Message: err.Error(), Nix: err.Error()}
	var coded interface{ ErrorCode() string }
	if errors.As(err, &coded) && codes[coded.ErrorCode()] != nil {
		out.Code = codes[coded.ErrorCode()]
	}
	out.betterWords(err)
	return out
}

// betterWords takes from an error of Go code what it says of itself for reports.
func (r *Report) betterWords(err error) {
	var message interface{ PlainMessage() string }
	if errors.As(err, &message) {
		r.Message = message.PlainMessage()
	}
	var near interface{ Suggestions() []string }
	if errors.As(err, &near) {
		r.Suggestions = near.Suggestions()
	}
}

// A reporter makes one report. It is not safe for concurrent use. Its maps are caches, since
// a long trace has few files and places, but has each of them again and again.
type reporter struct {
	opt     Options
	ctx     context.Context        // of reading files; reports are not interrupted
	err     *core.Error            // nil for errors of the parser alone
	sources map[*lang.File]*source // texts that the evaluation read
	read    map[string]*source     // by path; nil for a file that cannot be read
	roots   map[string]root        // by folder
	places  map[placeKey]*Place    // nil until framePlace is called
	out     *Report                // as far as it is made; of a list of parse errors, the current one
}

// newReporter returns a reporter for one error. Its caches are not shared: files may change
// between two reports.
func newReporter(opt Options) *reporter {
	if opt.StoreDir == "" {
		opt.StoreDir = "/nix/store"
	}
	return &reporter{opt: opt, ctx: context.Background(), sources: map[*lang.File]*source{}, read: map[string]*source{}, roots: map[string]root{}}
}

// report makes the report. The order counts: places come before the cycle and the module
// system, which may move them, and hints are last, since they depend on all of it.
func (r *reporter) report(e *core.Error) *Report {
	r.err = e
	if list := syntaxErrors(e.Cause); len(list) > 0 {
		out := r.parseErrors(list)
		out.Frames = r.frames(e.Frames)
		return out
	}
	msg := strings.TrimSpace(e.Msg)
	r.out = &Report{
		Code: classify(e), Message: msg, Nix: msg,
		Found: e.Found(), Suggestions: e.Near,
		Frames: r.frames(e.CycleFrames()),
	}
	r.out.inner = len(r.out.Frames)
	r.out.Frames = append(r.out.Frames, r.frames(e.Frames[len(e.CycleFrames()):])...)
	if n := len(r.out.Found); n > 0 {
		// It is said apart.
		r.out.Message = strings.TrimSuffix(r.out.Message, ": "+r.out.Found[n-1])
	}
	if e.Cause != nil {
		r.out.betterWords(e.Cause)
	}
	r.locate()
	r.cycle()
	r.module()
	r.hints()
	return r.out
}

// locate finds the innermost place that is the user's. The place where the error was raised
// is mostly one of a library, which is right; the user's own file is what can be repaired.
// The order is: the call, for codes that blame calls; where the error was raised; the
// innermost frame of the user's; the innermost derivation whose name the user wrote. A throw
// of a library without any of these has no place: the line of the throw explains nothing.
func (r *reporter) locate() {
	e := r.err
	first := r.place(e.Pos, r.out.Code.look)
	if first == nil {
		first = r.place(e.At, lookValue)
	}
	if r.out.Code.atCall {
		// The function is as it should be: the call is wrong.
		for i := range r.out.Frames {
			if f := &r.out.Frames[i]; f.kind == core.StepCallSite && f.Origin == User {
				r.out.Place, r.out.Source = f.Place, first
				return
			}
		}
	}
	if first != nil && first.Origin == User {
		r.out.Place = first
		return
	}
	var inner, own *Place
	eachFrame(r.out.Frames, func(f *Frame) bool {
		if f.Place != nil && inner == nil {
			inner = f.Place
		}
		if f.Origin == User {
			own = f.Place
		}
		return own == nil
	})
	if first == nil {
		first = inner
	}
	if own == nil {
		own = r.derivationPlace()
	}
	switch {
	case own == nil && first != nil && (e.Code == core.CodeThrown || e.Code == core.CodeAborted):
		r.out.Source = first // where a library says it tells nothing
	case own == nil:
		r.out.Place = first
	default:
		r.out.Place = own
		if first != own && first.Origin != Builtin {
			r.out.Source = first
		}
	}
}

// derivationPlace returns where the innermost derivation that is the user's has its name; nil
// if there is none. The evaluator records that place in the text of a frame, as the reference
// does ("whose name attribute is located at"), since derivationStrict is called by Nix code of the evaluator's own.
func (r *reporter) derivationPlace() *Place {
	for _, f := range r.err.Frames {
		if p := r.place(f.Located(), lookBinding); p != nil && p.Origin == User {
			return p
		}
	}
	return nil
}

// offset returns the byte at a line and column of a text; false if the text has none there,
// because it changed since, or because the numbers come from the parser of another format.
func offset(f *lang.File, line, column int) (int, bool) {
	at := 0
	for ; line > 1; line-- {
		n := strings.IndexByte(f.Source[at:], '\n')
		if n < 0 {
			return 0, false
		}
		at += n + 1
	}
	at += column - 1
	return at, at >= 0 && at <= len(f.Source)
}

// parseErrors reports what is wrong with a text: the first error as the reference has it, then
// the others as More, each with notes of its own. There is no evaluation, and so no trace.
func (r *reporter) parseErrors(list lang.ErrorList) *Report {
	var out *Report
	for _, e := range list {
		one := &Report{
			Code: codeOf(string(e.Code)), Message: e.Msg, Nix: e.Msg,
			Place: r.placeIn(e.File, e.File.Offset(e.Span.Start), e.File.Offset(e.Span.End)), Suggestions: e.Near,
		}
		r.out = one
		r.parseHints(e)
		if out == nil {
			out = one
		} else {
			out.More = append(out.More, one)
		}
	}
	return out
}

// eachFrame visits frames, those of groups once, until visit returns false. It reports whether
// all were visited.
func eachFrame(list []Frame, visit func(*Frame) bool) bool {
	for i := range list {
		f := &list[i]
		if f.Group != nil {
			if !eachFrame(f.Group, visit) {
				return false
			}
			continue
		}
		if !visit(f) {
			return false
		}
	}
	return true
}

// note adds a note, once: several rules may come to the same conclusion. Notes are shown in
// the order in which they were added, the most certain first.
func (r *reporter) note(text string) {
	for _, n := range r.out.Notes {
		if n == text {
			return
		}
	}
	r.out.Notes = append(r.out.Notes, text)
}
