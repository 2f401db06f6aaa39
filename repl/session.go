package repl

// This file defines a session: what it knows, and how an input is evaluated.

import (
	"context"
	"errors"
	"io"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/eval"
)

// Options are what New makes a Session of. Only New, Out and Err are required.
type Options struct {
	// New makes the evaluator, at the start and when a setting changes that it is
	// made with.
	New func(*Settings) (*eval.Evaluator, error)
	// Settings are those at the start; default: DefaultSettings.
	Settings *Settings
	// Out gets results; Err gets errors and remarks such as "Added 3 variables.".
	Out, Err io.Writer
	// Dir is where relative paths start; Home what ~ is.
	Dir, Home string
	// Width returns how wide the output is, in columns. Default: 80.
	Width func() int
	// Rows returns how high it is, and Pause waits at the end of a page until the
	// user has seen it, and returns whether there should be more. Without them
	// nothing is shown by pages. A Terminal has its own Pause.
	Rows  func() int
	Pause func() bool
	// Explain returns the text of an error of an evaluation. Default: as Nix has it.
	Explain func(error, *Settings) string
	// OSPath returns a path of the evaluator as the system of :save and :source has
	// it. Default: the same.
	OSPath func(string) string
	// Edit opens a file in an editor, and returns when that is closed.
	Edit func(file string, line int) error
	// Interruptible returns a context that ends when the user interrupts what is
	// evaluated. Default: none does.
	Interruptible func(context.Context) (context.Context, func())
	// Files are loaded at the start, as :load does.
	Files []string
	// Added are sets whose attributes are added at the start, and after a reload.
	Added []func(ctx context.Context, ev *eval.Evaluator) (eval.Value, error)
	// Flake returns the value of the flake that a reference means; nil if there are none.
	Flake func(ctx context.Context, ev *eval.Evaluator, ref string) (eval.Value, error)
	// Derivations does what the commands ask for that build; nil: nothing is built.
	Derivations Derivations
	// Now is the clock of :time. Default: time.Now.
	Now func() time.Time
}

// A Session is a prompt without its line editor. Its methods must not be called by two
// goroutines at once; a context that is cancelled by another one ends the input under way.
type Session struct {
	opt      Options
	settings *Settings
	ev       *eval.Evaluator
	scope    scope
	it       eval.Value      // the last value; the zero Value if there is none
	files    []string        // that were loaded, absolute, in order
	flakes   []string        // likewise, as they were named
	last     []string        // names that were added last
	done     []definition    // in the order in which they were made
	own      map[string]bool // files that were saved or sourced
	uses     map[string]bool // names that the input has looked up; nil outside of inputs
	failed   bool            // an input failed
	quit     bool            // the user has left
	debug    debugState
	watched  []eval.Value // with a watchpoint; the debugger knows them by identity
	sourcing int          // how many files of inputs are within each other
	pending  string       // lines of an input that goes on, each with its newline
}

// New returns a session with an evaluator and no names: the caller must call Start, which
// loads the files. Fields of opt that are not set get their defaults.
func New(opt Options) (*Session, error) {
	if opt.Settings == nil {
		opt.Settings = DefaultSettings()
	}
	if opt.Width == nil {
		opt.Width = func() int { return 80 }
	}
	if opt.Interruptible == nil {
		opt.Interruptible = func(ctx context.Context) (context.Context, func()) { return ctx, func() {} }
	}
	if opt.OSPath == nil {
		opt.OSPath = func(name string) string { return name }
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Dir == "" {
		opt.Dir = "/"
	}
	s := &Session{opt: opt, settings: opt.Settings}
	s.initDebug()
	ev, err := opt.New(s.settings)
	s.ev = ev
	return s, err
}

// Start adds the sets and loads the files that the session begins with. Errors are printed
// and make Failed true; the session can be used all the same.
func (s *Session) Start(ctx context.Context) {
	s.guard(ctx, func(ctx context.Context) error { return s.addStart(ctx) })
	for _, file := range s.opt.Files {
		s.Input(ctx, ":l "+file)
	}
}

// Failed reports whether any input has failed so far.
func (s *Session) Failed() bool { return s.failed }

// Quit reports whether the user has asked to leave: the caller must read no more inputs.
func (s *Session) Quit() bool { return s.quit }

// Complete reports whether text is an input that needs no more lines. A text that is wrong
// in its middle is complete: more lines would not repair it.
func (s *Session) Complete(text string) bool { return classify(text) != inputIncomplete }

// Input evaluates one input, a command, bindings or an expression, and prints the result or
// the error. Names that it looks up are collected, for remember.
func (s *Session) Input(ctx context.Context, text string) {
	s.guard(ctx, func(ctx context.Context) error {
		s.uses = map[string]bool{}
		defer func() { s.uses = nil }()
		s.debug.input = text
		return s.do(ctx, text)
	})
}

// do carries out an input by its kind. Bindings print nothing; the value of an expression is
// printed and becomes it.
func (s *Session) do(ctx context.Context, text string) error {
	switch classify(text) {
	case inputEmpty:
		return nil
	case inputCommand:
		return s.command(ctx, strings.TrimSpace(text))
	case inputBindings:
		return s.bind(ctx, text)
	}
	v, err := s.eval(ctx, text)
	if err != nil {
		return err
	}
	return s.show(ctx, v)
}

// guard runs an input so that it can be interrupted and has the limits of the settings, and
// prints its error. An evaluation that the user left in the debugger has no error. Inputs at
// a stop run within another guard; what fails there is not what :debug repeats.
func (s *Session) guard(ctx context.Context, input func(context.Context) error) {
	ctx, stop := s.opt.Interruptible(ctx)
	defer stop()
	s.debug.running++
	defer func() { s.debug.running-- }()
	if err := input(eval.WithLimits(ctx, s.settings.Limits())); err != nil {
		if s.debug.left {
			s.debug.left = false // as the user wished
			return
		}
		s.failed = true
		if s.debug.stop == nil {
			s.debug.failed = s.debug.input
		}
		s.printError(err)
		s.stopHint(err)
	}
}

// lookup returns the value of a name: a variable of the frame at a stop hides a name of the
// session, and it is only the last value if nothing else has that name.
func (s *Session) lookup(name string) (eval.Value, bool) {
	if s.uses != nil {
		s.uses[name] = true
	}
	if v, ok := s.debug.variable(name); ok {
		return v, true
	}
	if v, ok := s.scope.find(name); ok {
		return v, true
	}
	if name == "it" && s.it.Kind() != eval.KindInvalid {
		return s.it, true
	}
	return eval.Value{}, false
}

// text returns source as a text whose free variables are names of the session.
func (s *Session) text(source string) eval.Text {
	return eval.Text{Source: source, Dir: s.opt.Dir, Scope: s.lookup}
}

// eval evaluates an expression to weak head normal form.
func (s *Session) eval(ctx context.Context, source string) (eval.Value, error) {
	if strings.TrimSpace(source) == "" {
		return eval.Value{}, errors.New("an expression is missing")
	}
	return s.ev.Eval(ctx, s.text(source))
}

// bind gives names to the values of bindings, which may refer to each other and to older
// names. No value is evaluated. The line of each binding is kept for :why.
func (s *Session) bind(ctx context.Context, source string) error {
	text := s.text(source)
	text.Bindings = true
	set, err := s.ev.Eval(ctx, text)
	if err != nil {
		return err
	}
	s.last = nil
	for name := range set.Attrs() {
		v, _ := set.Attr(name)
		pos, _ := set.Position(name)
		line := ""
		if lines := strings.Split(source, "\n"); pos.Line > 0 && pos.Line <= len(lines) {
			line = lines[pos.Line-1]
		}
		s.scope.bind(name, v, pos, line)
		s.last = append(s.last, name)
	}
	s.remember(source, s.last)
	return nil
}

// A definition is an input that defines something: what :save writes and a restart repeats.
type definition struct {
	input string
	names map[string]bool // that it still defines; nil for files
	uses  map[string]bool // that it refers to
}

// remember adds an input to the definitions. Older ones lose the names that it defines anew,
// unless a later definition uses them, and go when they have no name left. At a stop nothing
// is remembered: an input there may use variables of the frame, which no file has.
func (s *Session) remember(input string, names []string) {
	if s.debug.stop != nil {
		return // it may need what is there only now
	}
	d := definition{input: input, names: map[string]bool{}, uses: s.uses}
	for _, name := range names {
		d.names[name] = true
		for i := len(s.done) - 1; i >= 0; i-- {
			if i+1 < len(s.done) && s.done[i+1].uses[name] || i+1 == len(s.done) && d.uses[name] {
				break
			}
			delete(s.done[i].names, name)
		}
	}
	s.done = slices.DeleteFunc(s.done, func(d definition) bool { return d.names != nil && len(d.names) == 0 })
	s.done = append(s.done, d)
}

// rememberFile adds an input that loads a file, in place of an older one that loads the
// same: a file that was loaded again stands last.
func (s *Session) rememberFile(input string) {
	s.done = slices.DeleteFunc(s.done, func(d definition) bool { return d.input == input })
	s.done = append(s.done, definition{input: input})
}

// show prints a value to the depth of the settings, and makes it the last one.
func (s *Session) show(ctx context.Context, v eval.Value) error {
	s.it = v
	return s.print(ctx, v, s.settings.Depth)
}

// absolute returns a path as the evaluator knows paths: relative ones start in the folder of
// the session, ~/ is the home.
func (s *Session) absolute(name string) string {
	if rest, ok := strings.CutPrefix(name, "~/"); ok && s.opt.Home != "" {
		return path.Join(s.opt.Home, rest)
	}
	if path.IsAbs(name) {
		return path.Clean(name)
	}
	return path.Join(s.opt.Dir, name)
}

// A Reader is the source of inputs: a terminal, a pipe, a file.
type Reader interface {
	// Line returns the next line, without its end. more says that it continues an
	// input. The error is io.EOF at the end, ErrInterrupted if the user gave the
	// input up.
	Line(more bool) (string, error)
	// Remember adds an input to the history.
	Remember(input string)
}

// ErrInterrupted is the error of a Reader whose user gave up the input, as with Ctrl-C. The
// session goes on with the next input.
var ErrInterrupted = errors.New("interrupted")

// Run reads and evaluates inputs until r has no more, the user leaves, or ctx is done. The
// last line needs no newline. An error of an input is printed and does not end Run; an error
// of r does.
func (s *Session) Run(ctx context.Context, r Reader) error {
	s.debug.reader = r
	for !s.quit && ctx.Err() == nil {
		input, err := s.read(r)
		switch {
		case errors.Is(err, ErrInterrupted):
			continue
		case err == io.EOF && strings.TrimSpace(input) == "":
			return nil
		case err != nil && err != io.EOF:
			return err
		}
		if strings.TrimSpace(input) != "" {
			r.Remember(input)
		}
		s.Input(ctx, input)
		if err == io.EOF {
			return nil
		}
	}
	return ctx.Err()
}

// read reads one input, which goes on until it is complete or ends in an empty first line.
// At the end of r it returns what there is, with io.EOF. Lines read so far are in pending,
// for the colours of the next one; a stop reads within an input, so the old ones come back.
func (s *Session) read(r Reader) (string, error) {
	var lines []string
	before := s.pending
	defer func() { s.pending = before }()
	for {
		s.pending = ""
		if len(lines) > 0 {
			s.pending = strings.Join(lines, "\n") + "\n"
		}
		line, err := r.Line(len(lines) > 0)
		if err == io.EOF {
			return strings.Join(lines, "\n"), err
		}
		if err != nil {
			return "", err
		}
		lines = append(lines, line)
		text := strings.Join(lines, "\n")
		// Comments alone are waited behind, as an expression may follow.
		if text != "" && s.Complete(text) {
			return text, nil
		}
		if text == "" {
			return "", nil
		}
	}
}

// Evaluator returns the present evaluator; a changed setting may replace it.
func (s *Session) Evaluator() *eval.Evaluator { return s.ev }
