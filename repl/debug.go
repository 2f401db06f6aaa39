package repl

// This file defines the debugger at the prompt: what happens where an evaluation
// stops, and the commands for it.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

// A debugState is the debugger's part of a session. Its fields are used by the goroutine of
// the session alone: an evaluation that stops does so on that goroutine.
type debugState struct {
	reader  Reader   // the source of inputs at a stop
	left    bool     // the user has ended the evaluation that was stopped
	running int      // inputs under way; 0 during completion, which must not stop
	stop    *stopped // the innermost stop; nil if there is none
	input   string   // the input under way
	failed  string   // the last input that failed, for :debug; "" if none has
}

// A stopped is an evaluation that waits for the user at a stop. Stops nest: an input at a
// stop may stop as well, and the outer one comes back when it ends.
type stopped struct {
	ctx    context.Context // for evaluations at the stop; others might wait for the stopped one
	stop   *eval.Stop
	frame  int         // index of the frame that is looked at; 0 is the innermost
	resume eval.Resume // how the evaluation goes on, once done is set
	done   bool        // the prompt of this stop ends
}

// at returns the frame that is looked at; nil if the stop has no frames.
func (st *stopped) at() *eval.StackFrame {
	if st.frame >= len(st.stop.Frames) {
		return nil
	}
	return st.stop.Frames[st.frame]
}

// Debugger returns the debugger that the caller of Options.New must give to the evaluator;
// nil if the debugger is off.
func (s *Settings) Debugger() *eval.Debugger {
	if !s.Debug {
		return nil
	}
	return s.debugger
}

// initDebug makes the debugger of the session. It has an effect once an evaluator is made
// with it.
func (s *Session) initDebug() {
	s.settings.debugger = eval.NewDebugger(eval.DebuggerOptions{Stopped: s.stopped})
}

// Prompt returns the text before an input: another one at a stop.
func (s *Session) Prompt() string {
	if s.debug.stop != nil {
		return "debug> "
	}
	return "firn> "
}

// variable returns the value of a variable of the frame that is looked at.
func (d *debugState) variable(name string) (eval.Value, bool) {
	if d.stop == nil || d.stop.at() == nil {
		return eval.Value{}, false
	}
	return d.stop.at().Lookup(name)
}

// names returns the variables of the frame that is looked at, innermost first.
func (d *debugState) names() []string {
	var out []string
	if d.stop == nil || d.stop.at() == nil {
		return nil
	}
	for _, scope := range d.stop.at().Scopes() {
		for _, v := range scope.Vars {
			out = append(out, v.Name)
		}
	}
	return out
}

// stopped is the prompt at a stop: it reads and evaluates inputs until one of them says how
// the evaluation goes on. The end of the input, or an error of the Reader, ends the
// evaluation. What evaluates without a user, such as completion, does not stop.
func (s *Session) stopped(ctx context.Context, stop *eval.Stop) eval.Resume {
	if s.debug.running == 0 || s.debug.reader == nil {
		return eval.Continue
	}
	st := &stopped{ctx: ctx, stop: stop}
	before, uses, input := s.debug.stop, s.uses, s.debug.input
	s.debug.stop = st
	defer func() { s.debug.stop, s.uses, s.debug.input = before, uses, input }()
	s.writeStop(ctx, stop)
	for !st.done {
		input, err := s.read(s.debug.reader)
		if errors.Is(err, ErrInterrupted) {
			continue
		}
		if err != nil && (err != io.EOF || strings.TrimSpace(input) == "") {
			s.debug.left = true
			return eval.Quit
		}
		if strings.TrimSpace(input) != "" {
			s.debug.reader.Remember(input)
		}
		s.Input(ctx, input)
	}
	return st.resume
}

// writeStop says why and where an evaluation stopped, and shows the lines there.
func (s *Session) writeStop(ctx context.Context, stop *eval.Stop) {
	out := s.opt.Out
	switch stop.Reason {
	case eval.StopBreak:
		fmt.Fprintln(out, "Stopped by builtins.break")
	case eval.StopTrace:
		fmt.Fprintln(out, "Stopped by builtins.trace")
	case eval.StopWarn:
		fmt.Fprintln(out, "Stopped by builtins.warn")
	case eval.StopError:
		fmt.Fprintf(out, "Stopped at an error: %s\n", message(stop.Err))
		if stop.Caught {
			fmt.Fprintln(out, "  builtins.tryEval catches it; the setting ignore-try of Nix skips these")
		}
	case eval.StopPoint:
		fmt.Fprintf(out, "Stopped at breakpoint %d\n", stop.Point.ID)
		if stop.Err != nil {
			fmt.Fprintf(out, "  its condition fails: %s\n", message(stop.Err))
		}
	case eval.StopWatch:
		fmt.Fprintln(out, "Stopped before a watched value is evaluated")
	case eval.StopReturn:
		fmt.Fprint(out, "Returned ")
		if err := s.print(ctx, stop.Value, s.settings.Depth); err != nil {
			fmt.Fprintln(out)
		}
	}
	if len(stop.Frames) > 0 {
		s.writeFrame(0, stop.Frames[0])
	}
}

// message returns the text of an error without place and trace.
func message(err error) string {
	var e *eval.Error
	if errors.As(err, &e) {
		return e.Msg
	}
	return err.Error()
}

// title returns a description of a frame, for "in …".
func title(f *eval.StackFrame) string {
	name := f.Name()
	switch {
	case f.Kind() == eval.FrameText:
		return "the text " + name
	case f.Kind() == eval.FrameFunction && name != "":
		return "the function " + name
	case f.Kind() == eval.FrameFunction:
		return "a function without a name"
	case name != "":
		return "the value of " + name
	}
	return "an expression that was delayed"
}

// writeFrame shows a frame: its number, its description, its place, and the lines around the
// place with the expression marked.
func (s *Session) writeFrame(i int, f *eval.StackFrame) {
	pos, end := f.Position(), f.End()
	fmt.Fprintf(s.opt.Out, "%d: in %s, at %s\n", i, title(f), s.place(pos))
	for n := max(pos.Line-1, 1); n <= pos.Line+1; n++ {
		line := strings.TrimRight(f.Line(n), "\r\n")
		if line == "" && n != pos.Line {
			continue
		}
		fmt.Fprintf(s.opt.Out, "  %5d| %s\n", n, line)
		if n == pos.Line {
			width := 1
			if end.Line == pos.Line {
				width = max(end.Column-pos.Column, 1)
			}
			before := []byte(line[:min(max(pos.Column-1, 0), len(line))])
			for i, b := range before {
				if b != '\t' {
					before[i] = ' '
				}
			}
			fmt.Fprintf(s.opt.Out, "       | %s%s\n", before, strings.Repeat("^", width))
		}
	}
}

// debugCommands returns the rows of the debugger in the table of commands.
func debugCommands() []command {
	return []command{
		{[]string{":debug"}, argExpression, "[expr]", "stop at errors; without <expr>: at the last one", (*Session).debugAgain},
		{[]string{":break"}, argText, "[file:line [if expr]]", "stop at a line, if <expr> is true there; or show where", (*Session).breakAt},
		{[]string{":unbreak"}, argText, "<number>", "do not stop at a line any more", (*Session).unbreak},
		{[]string{":watchpoint"}, argExpression, "<attr>", "stop when it is about to be evaluated", (*Session).watchpoint},
		{[]string{":bt", ":backtrace"}, argText, "[n]", "while stopped: show the innermost frames, 100 or n", stoppedOnly((*Session).backtrace)},
		{[]string{":st"}, argText, "[n]", "while stopped: look at frame n, or +n, -n; or show which it is", stoppedOnly((*Session).selectFrame)},
		{[]string{":up"}, argNone, "", "while stopped: look at the frame around this one", stoppedOnly(moveFrame("+1"))},
		{[]string{":down"}, argNone, "", "while stopped: look at the frame in this one", stoppedOnly(moveFrame("-1"))},
		{[]string{":c", ":continue"}, argNone, "", "while stopped: go on", goOn(eval.Continue)},
		{[]string{":s", ":step"}, argNone, "", "while stopped: go on to the next expression", goOn(eval.StepInto)},
		{[]string{":n", ":next"}, argNone, "", "while stopped: the same, but not into functions and other values", goOn(eval.StepOver)},
		{[]string{":finish"}, argNone, "", "while stopped: go on until the innermost frame has its value", goOn(eval.StepOut)},
	}
}

// An action is what a command does.
type action = func(*Session, context.Context, string) error

// stoppedOnly returns an action that needs a stop, and says how to get one if there is none.
func stoppedOnly(do action) action {
	return func(s *Session, ctx context.Context, arg string) error {
		if s.debug.stop == nil {
			return errors.New("nothing is stopped: :debug stops at an error, :break at a line, builtins.break where it stands")
		}
		return do(s, ctx, arg)
	}
}

// goOn returns the action that ends a stop, and lets the evaluation go on in one way.
func goOn(how eval.Resume) action {
	return stoppedOnly(func(s *Session, _ context.Context, _ string) error {
		s.debug.stop.resume, s.debug.stop.done = how, true
		return nil
	})
}

// stopHint explains an infinite recursion of an input at a stop: the input may need the value
// whose evaluation is stopped.
func (s *Session) stopHint(err error) {
	var e *eval.Error
	if s.debug.stop != nil && errors.As(err, &e) && e.Kind == eval.ErrInfiniteRecursion {
		fmt.Fprintln(s.opt.Err, "It may be that this needs what is stopped: see :bt.")
	}
}

// leave ends the evaluation that is stopped, and reports whether one was.
func (s *Session) leave() bool {
	if s.debug.stop == nil {
		return false
	}
	s.debug.stop.resume, s.debug.stop.done = eval.Quit, true
	s.debug.left = true
	return true
}

// notWhileStopped are the commands that need another evaluator, or that evaluate for long.
var notWhileStopped = map[string]bool{":debug": true, ":r": true, ":reload": true, ":source": true, ":watch": true, ":profile": true}

// allowed returns an error if a command cannot be used at a stop, and there is one.
func (s *Session) allowed(name string) error {
	if s.debug.stop != nil && notWhileStopped[name] {
		return fmt.Errorf("%s cannot be used while an evaluation is stopped: :q ends it", name)
	}
	return nil
}

// debugOn turns the debugger on. The evaluator is replaced by one with a debugger, in which
// the definitions of the session are done again.
func (s *Session) debugOn(ctx context.Context) error {
	if s.settings.Debug {
		return nil
	}
	return s.set(ctx, "debugger true")
}

// debugAgain evaluates an input, or the last one that failed, with the debugger. If
// the debugger was off, it is off again afterwards, and names that were defined at a
// stop are gone: their values are of the evaluator that had the debugger.
func (s *Session) debugAgain(ctx context.Context, arg string) error {
	if arg == "" {
		if arg = s.debug.failed; arg == "" {
			return errors.New("nothing has failed yet")
		}
		fmt.Fprintf(s.opt.Err, "Again: %s\n", arg)
	}
	s.debug.input = arg
	if s.settings.Debug {
		return s.do(ctx, arg)
	}
	before := *s
	if err := s.debugOn(ctx); err != nil {
		return err
	}
	err := s.do(ctx, arg)
	if len(s.settings.debugger.Breakpoints()) > 0 || len(s.watched) > len(before.watched) {
		fmt.Fprintln(s.opt.Err, "The debugger stays on for what it is to stop at; :set debugger false turns it off.")
		return err
	}
	// As before, with the values that are known: nothing is evaluated again.
	s.settings.Debug = false
	s.ev, s.scope, s.it, s.done, s.last = before.ev, before.scope, before.it, before.done, before.last
	if err == nil && classify(arg) == inputBindings {
		err = s.bind(ctx, arg)
	}
	return err
}

// place returns a position for people: files in the current folder without it.
func (s *Session) place(pos lang.Position) string {
	if rest, ok := strings.CutPrefix(pos.File, strings.TrimSuffix(s.opt.Dir, "/")+"/"); ok {
		pos.File = "./" + rest
	}
	return pos.String()
}

// breakAt sets a breakpoint at FILE:LINE, with a condition behind if, or shows all. :break.
func (s *Session) breakAt(ctx context.Context, arg string) error {
	d := s.settings.debugger
	if arg == "" {
		points := d.Breakpoints()
		if len(points) == 0 {
			fmt.Fprintln(s.opt.Out, "There are no breakpoints.")
		}
		for _, p := range points {
			fmt.Fprintf(s.opt.Out, "%d: %s\n", p.ID, describePoint(p))
		}
		return nil
	}
	where, condition, _ := strings.Cut(arg, " if ")
	at := splitPosition(strings.TrimSpace(where))
	if at.Line < 1 {
		return errors.New(":break takes FILE:LINE")
	}
	p := eval.Breakpoint{File: s.pointFile(at), Line: at.Line, Condition: strings.TrimSpace(condition)}
	if s.debug.stop == nil {
		if err := s.debugOn(ctx); err != nil {
			return err
		}
	}
	id, err := d.Break(p)
	if err != nil {
		return err
	}
	p.ID = id
	fmt.Fprintf(s.opt.Out, "%d: %s\n", id, describePoint(p))
	return nil
}

// pointFile returns the file of a breakpoint: a path that begins with ./, ../ or ~/ is one
// file; any other text is the end of the paths of all files that it matches.
func (s *Session) pointFile(at lang.Position) string {
	if strings.HasPrefix(at.File, "./") || strings.HasPrefix(at.File, "../") || strings.HasPrefix(at.File, "~/") {
		return s.absolute(at.File)
	}
	return at.File
}

// describePoint returns a breakpoint as :break takes it.
func describePoint(p eval.Breakpoint) string {
	text := fmt.Sprintf("%s:%d", p.File, p.Line)
	if p.Condition != "" {
		text += " if " + p.Condition
	}
	return text
}

// unbreak removes the breakpoint of a number. :unbreak.
func (s *Session) unbreak(_ context.Context, arg string) error {
	id, err := strconv.Atoi(arg)
	if err != nil || !s.settings.debugger.Clear(id) {
		return fmt.Errorf("there is no breakpoint %s", arg)
	}
	return nil
}

// watchpoint stops where a variable or attribute that is not evaluated yet is needed first.
// :watchpoint.
func (s *Session) watchpoint(ctx context.Context, arg string) error {
	if err := s.debugOn(ctx); err != nil {
		return err
	}
	at, ok := placeOf(arg)
	if !ok {
		return errors.New(":watchpoint takes a variable, or an attribute such as a.b.c")
	}
	var v eval.Value
	if at.set == "" {
		if v, ok = s.lookup(at.name); !ok {
			return fmt.Errorf("there is no variable '%s'", at.name)
		}
	} else {
		set, err := s.eval(ctx, at.set)
		if err != nil {
			return err
		}
		if v, ok = set.Attr(at.name); !ok {
			return fmt.Errorf("attribute '%s' missing", at.name)
		}
	}
	if err := v.Watch(ctx); err != nil {
		return fmt.Errorf("'%s' cannot be watched: %w", arg, err)
	}
	s.watched = append(s.watched, v)
	return nil
}

// backtrace shows the frames of a stop, innermost first. :backtrace.
func (s *Session) backtrace(_ context.Context, arg string) error {
	most := 100
	if arg != "" {
		var err error
		if most, err = strconv.Atoi(arg); err != nil || most < 1 {
			return fmt.Errorf("'%s' is not a number of frames", arg)
		}
	}
	frames := s.debug.stop.stop.Frames
	for i, f := range frames {
		if i == most {
			fmt.Fprintf(s.opt.Out, "  … and %d more\n", len(frames)-most)
			break
		}
		mark := " "
		if i == s.debug.stop.frame {
			mark = "*"
		}
		pos := f.Position()
		fmt.Fprintf(s.opt.Out, "%s %d: in %s, at %s\n", mark, i, title(f), s.place(pos))
		if line := strings.TrimSpace(f.Line(pos.Line)); line != "" {
			fmt.Fprintf(s.opt.Out, "       %s\n", line)
		}
	}
	return nil
}

// selectFrame looks at the frame of a number, or a number of frames further out (+) or in
// (-), and shows it. :st.
func (s *Session) selectFrame(_ context.Context, arg string) error {
	st := s.debug.stop
	if arg != "" {
		n, err := strconv.Atoi(arg)
		if err != nil {
			return fmt.Errorf("'%s' is not the number of a frame", arg)
		}
		if arg[0] == '+' || arg[0] == '-' {
			n += st.frame
		}
		if n < 0 || n >= len(st.stop.Frames) {
			return fmt.Errorf("there is no frame %d: they are 0 to %d", n, len(st.stop.Frames)-1)
		}
		st.frame = n
	}
	if f := st.at(); f != nil {
		s.writeFrame(st.frame, f)
	}
	return nil
}

// moveFrame returns the action of :up and :down.
func moveFrame(by string) action {
	return func(s *Session, ctx context.Context, _ string) error { return s.selectFrame(ctx, by) }
}

// frameEnv shows the variables of the frame that is looked at, by level, innermost first.
// Values that are not evaluated stay so.
func (s *Session) frameEnv() {
	f := s.debug.stop.at()
	if f == nil {
		return
	}
	for i, scope := range f.Scopes() {
		fmt.Fprintf(s.opt.Out, "level %d, %s\n", i, scope.Kind)
		for _, v := range scope.Vars {
			fmt.Fprintf(s.opt.Out, "  %s = %s\n", v.Name, brief(v.Value))
		}
	}
}

// brief describes a value in a few words. It evaluates nothing.
func brief(v eval.Value) string {
	switch v.Kind() {
	case eval.KindInvalid, eval.KindThunk:
		return "…"
	case eval.KindString:
		if text, _ := v.Text(); len(text) <= 60 {
			return lang.Quote(text)
		}
		return "a long string"
	case eval.KindAttrs:
		return "a set of " + count(len(attrNames(v)), "attribute")
	case eval.KindList:
		return "a list of " + count(v.Len(), "element")
	case eval.KindFunction, eval.KindExternal:
		return describeKind(v)
	}
	return v.String()
}

// Debugging runs fn, which evaluates with the evaluator of the session, so that stops read
// inputs from r.
func (s *Session) Debugging(r Reader, fn func() error) error {
	s.debug.reader = r
	s.debug.running++
	defer func() { s.debug.running-- }()
	return fn()
}
