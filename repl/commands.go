package repl

// This file defines the commands: one table, which help and completion read, too.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/lang"
)

// An argKind is what a command takes as its argument. Completion depends on it, and whether
// an input may go on in the next line.
type argKind uint8

const (
	argNone       argKind = iota // nothing
	argExpression                // an expression, of one line or more
	argFile                      // the path of a file, or <…>
	argSetting                   // an option, and its value
	argBool                      // true or false
	argText                      // anything else, which is not completed
)

// A command is a row of the table of commands.
type command struct {
	names []string // with their colons; the first is the one that help shows first
	arg   argKind
	usage string // of the argument; in brackets if it may be missing
	help  string
	run   func(s *Session, ctx context.Context, arg string) error // arg is trimmed; "" if there is none
}

// commands is the table of commands, which help, completion and command read. It is filled in
// by init, since :help is one of them.
var commands []command

// init fills in commands, in the order in which :help shows them.
func init() {
	commands = []command{
		{[]string{":?", ":help"}, argText, "[command]", "show the commands, or what one does", (*Session).help},
		{[]string{":a", ":add"}, argExpression, "<set>", "add the attributes of a set to the names", (*Session).add},
		{[]string{":l", ":load"}, argFile, "<path>", "evaluate a file, and add its attributes", (*Session).load},
		{[]string{":ll", ":last-loaded"}, argNone, "", "show the names that were added last", (*Session).lastLoaded},
		{[]string{":r", ":reload"}, argNone, "", "forget all names, and load the files again", (*Session).reload},
		{[]string{":env"}, argNone, "", "show all names; while stopped: those of the frame", (*Session).env},
		{[]string{":p", ":print"}, argExpression, "<expr>", "print all of a value; strings as they are", (*Session).printAll},
		{[]string{":t"}, argExpression, "<expr>", "show the type of a value", (*Session).kind},
		{[]string{":type"}, argExpression, "<expr>", "show the type, and arguments or names in a set", (*Session).describe},
		{[]string{":doc"}, argExpression, "<expr>", "show the documentation of a function or attribute", (*Session).doc},
		{[]string{":why"}, argExpression, "<expr>", "show where it was defined", (*Session).why},
		{[]string{":deps"}, argExpression, "<drv>", "show the inputs of a derivation", (*Session).deps},
		{[]string{":e", ":edit"}, argExpression, "<expr>", "open the file where it was defined in an editor", (*Session).edit},
		{[]string{":time"}, argExpression, "<expr>", "evaluate all of it, and show what that took", (*Session).time},
		{[]string{":profile"}, argExpression, "<expr>", "evaluate all, and show which functions cost most", (*Session).profile},
		{[]string{":watch"}, argExpression, "<expr>", "print it, again when a file changes, until Ctrl-C", (*Session).watch},
		{[]string{":set"}, argSetting, "[option [value]]", "show or change options", (*Session).set},
		{[]string{":te", ":trace-enable"}, argBool, "[bool]", "show the whole trace of errors, or not", (*Session).traceEnable},
		{[]string{":save"}, argFile, "<path>", "write bindings and loaded files for :source", (*Session).save},
		{[]string{":source"}, argFile, "<path>", "run the inputs in a file, as if they were typed", (*Session).source},
		{[]string{":b"}, argExpression, "<drv>", "build a derivation", (*Session).build},
		{[]string{":bl"}, argExpression, "<drv>", "build a derivation, and link to it", (*Session).buildLinked},
		{[]string{":i"}, argExpression, "<drv>", "build a derivation, and install it", (*Session).install},
		{[]string{":u"}, argExpression, "<drv>", "build a derivation, and use it in a shell", (*Session).use},
		{[]string{":sh"}, argExpression, "<drv>", "start a shell with the inputs of a derivation", (*Session).shell},
		{[]string{":log"}, argExpression, "<drv>", "show the log of a build", (*Session).log},
		{[]string{":lf", ":load-flake"}, argText, "<ref>", "add what a flake has to the names", (*Session).loadFlake},
		{[]string{":q", ":quit"}, argNone, "", "leave; while stopped: end the evaluation", func(s *Session, _ context.Context, _ string) error {
			s.quit = !s.leave()
			return nil
		}},
	}
	commands = slices.Insert(commands, len(commands)-1, debugCommands()...)
}

// commandOf returns the command of a name, with its colon; nil if there is none.
func commandOf(name string) *command {
	for i := range commands {
		if slices.Contains(commands[i].names, name) {
			return &commands[i]
		}
	}
	return nil
}

// command runs a command. The argument is checked against the table first: one that is
// missing, one that the command does not take, one that a stop does not allow.
func (s *Session) command(ctx context.Context, text string) error {
	name, arg := splitCommand(text)
	c := commandOf(name)
	if c == nil {
		var names []string
		for _, c := range commands {
			names = append(names, c.names...)
		}
		return fmt.Errorf("unknown command '%s'%s", name, didYouMean(name, names))
	}
	if arg == "" && c.usage != "" && !strings.HasPrefix(c.usage, "[") {
		return fmt.Errorf("%s takes %s", name, c.usage)
	}
	if err := s.allowed(name); err != nil {
		return err
	}
	if arg != "" && c.usage == "" {
		return fmt.Errorf("%s takes no argument", name)
	}
	return c.run(s, ctx, arg)
}

// didYouMean returns a hint at names that are likely to be meant; "" if there are none.
func didYouMean(name string, names []string) string {
	near := lang.Similar(name, names)
	if len(near) == 0 {
		return ""
	}
	return "; did you mean " + strings.Join(near, ", ") + "?"
}

// help shows the table of commands, or one row of it. :help.
func (s *Session) help(_ context.Context, arg string) error {
	if arg != "" {
		if !strings.HasPrefix(arg, ":") {
			arg = ":" + arg
		}
		c := commandOf(arg)
		if c == nil {
			return fmt.Errorf("unknown command '%s'", arg)
		}
		fmt.Fprintf(s.opt.Out, "%s %s\n  %s\n", strings.Join(c.names, ", "), c.usage, c.help)
		return nil
	}
	fmt.Fprint(s.opt.Out, "An input is one of these:\n\n")
	row := func(usage, help string) { fmt.Fprintf(s.opt.Out, "  %-28s %s\n", usage, help) }
	row("<expr>", "evaluate it, and print it; 'it' is the last value")
	row("<x> = <expr>; …", "name expressions; also inherit (<set>) <x>")
	for _, c := range commands {
		row(strings.TrimSpace(strings.Join(c.names, ", ")+" "+c.usage), c.help)
	}
	return nil
}

// addSet adds the attributes of a set to the names, and says how many there are. Anything
// else than a set is an error.
func (s *Session) addSet(ctx context.Context, v eval.Value) error {
	v, err := v.Force(ctx)
	if err != nil {
		return err
	}
	if v.Kind() != eval.KindAttrs {
		return fmt.Errorf("expected a set but found %s: %s", describeKind(v), v)
	}
	s.scope.add(v)
	s.last = nil
	for name := range v.Attrs() {
		s.last = append(s.last, name)
	}
	fmt.Fprintf(s.opt.Err, "Added %s.\n", count(len(s.last), "variable"))
	if len(s.last) > 0 {
		fmt.Fprintln(s.opt.Err, elide(s.last))
	}
	return nil
}

// elide joins names for people: as they are written in source, and of many the first 20.
func elide(names []string) string {
	const most = 20
	names = slices.Clone(names)
	for i, name := range names {
		names[i] = lang.QuoteName(name)
	}
	if len(names) <= most {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s\n... and %d more; view with :ll", strings.Join(names[:most], ", "), len(names)-most)
}

// add evaluates a set and adds its attributes. :add.
func (s *Session) add(ctx context.Context, arg string) error {
	v, err := s.eval(ctx, arg)
	if err != nil {
		return err
	}
	if err := s.addSet(ctx, v); err != nil {
		return err
	}
	s.remember(":a "+arg, s.last)
	return nil
}

// load loads a file, and remembers that for :save. :load.
func (s *Session) load(ctx context.Context, arg string) error {
	if err := s.loadFile(ctx, arg); err != nil {
		return err
	}
	s.rememberFile(":l " + arg)
	return nil
}

// loadFile evaluates a file, calls the value if it is a function whose arguments all have
// defaults, and adds the attributes. The file is loaded again by :reload.
func (s *Session) loadFile(ctx context.Context, name string) error {
	file := s.absolute(name)
	if isSearchPath(name) {
		found, err := s.ev.Eval(ctx, eval.Text{Source: name, Dir: s.opt.Dir})
		if err != nil {
			return err
		}
		file, _ = found.Text()
	}
	v, err := s.ev.EvalFile(ctx, file)
	if err != nil {
		return err
	}
	if v, err = v.AutoCall(ctx, nil); err != nil {
		return err
	}
	if err := s.addSet(ctx, v); err != nil {
		return err
	}
	if !slices.Contains(s.files, name) {
		s.files = append(s.files, name)
	}
	return nil
}

// loadFlake adds the attributes of a flake. It is loaded again by :reload. :load-flake.
func (s *Session) loadFlake(ctx context.Context, arg string) error {
	if s.opt.Flake == nil {
		return errors.New("this prompt loads no flakes")
	}
	v, err := s.opt.Flake(ctx, s.ev, arg)
	if err != nil {
		return err
	}
	if err := s.addSet(ctx, v); err != nil {
		return err
	}
	if !slices.Contains(s.flakes, arg) {
		s.flakes = append(s.flakes, arg)
	}
	s.rememberFile(":lf " + arg)
	return nil
}

// isSearchPath reports whether a name of a file is <…>, which is looked up in the search path.
func isSearchPath(name string) bool {
	return strings.HasPrefix(name, "<") && strings.HasSuffix(name, ">")
}

// lastLoaded shows the names that the last input added. :last-loaded.
func (s *Session) lastLoaded(_ context.Context, _ string) error {
	for _, name := range s.last {
		fmt.Fprintln(s.opt.Out, name)
	}
	return nil
}

// env shows the names of the session, or at a stop the variables of the frame. :env.
func (s *Session) env(_ context.Context, _ string) error {
	if s.debug.stop != nil {
		s.frameEnv()
		return nil
	}
	names := s.scope.names()
	if len(names) == 0 {
		fmt.Fprintln(s.opt.Out, "There are no names but those of builtins.")
		return nil
	}
	for _, name := range names {
		fmt.Fprintln(s.opt.Out, name)
	}
	return nil
}

// addStart adds the sets that the session begins with.
func (s *Session) addStart(ctx context.Context) error {
	for _, added := range s.opt.Added {
		v, err := added(ctx, s.ev)
		if err != nil {
			return err
		}
		if err := s.addSet(ctx, v); err != nil {
			return err
		}
	}
	return nil
}

// reload forgets all names and values, reads files anew, and loads again what was loaded.
// Names that were bound at the prompt are lost, as in the reference. :reload.
func (s *Session) reload(ctx context.Context, _ string) error {
	s.scope = scope{}
	s.it = eval.Value{}
	s.done, s.last = nil, nil
	s.ev.Forget()
	if err := s.addStart(ctx); err != nil {
		return err
	}
	files := s.files
	for _, file := range files {
		fmt.Fprintf(s.opt.Err, "Loading %s...\n", lang.Quote(file))
		if err := s.load(ctx, file); err != nil {
			return err
		}
	}
	for _, flake := range s.flakes {
		fmt.Fprintf(s.opt.Err, "Loading flake %s...\n", lang.Quote(flake))
		if err := s.loadFlake(ctx, flake); err != nil {
			return err
		}
	}
	return nil
}

// set shows all options, shows one, or changes one. An option that the evaluator is made with
// takes a new evaluator, in which the session is done again; if that fails, nothing changes.
// :set.
func (s *Session) set(ctx context.Context, arg string) error {
	name, value, _ := strings.Cut(arg, " ")
	value = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(value), "="))
	if name == "" {
		for _, one := range settings {
			fmt.Fprintf(s.opt.Out, "%-12s %-14s %s\n", one.name, orNone(one.get(s.settings)), one.help)
		}
		return nil
	}
	one, err := findSetting(name)
	if err != nil {
		return err
	}
	if value == "" {
		fmt.Fprintf(s.opt.Out, "%s: %s (%s)\n", one.name, orNone(one.get(s.settings)), one.values)
		return nil
	}
	next := *s.settings
	if err := one.set(&next, value); err != nil {
		return err
	}
	if one.fresh && s.debug.stop != nil {
		return fmt.Errorf("%s cannot be changed while an evaluation is stopped", one.name)
	}
	if one.fresh {
		ev, err := s.opt.New(&next)
		if err != nil {
			return err
		}
		before := *s.settings
		*s.settings = next
		if err := s.restart(ctx, ev); err != nil {
			*s.settings = before
			return err
		}
		return nil
	}
	*s.settings = next
	return nil
}

// orNone returns the text of an option, - if it is empty.
func orNone(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// restart replaces the evaluator: values belong to one evaluator, so everything that defined
// names is evaluated again, without output. Definitions that fail now are reported and kept,
// since another option may be good for them.
func (s *Session) restart(ctx context.Context, ev *eval.Evaluator) error {
	done, running := s.done, s.debug.running
	s.debug.running = 0 // so that nothing stops in the debugger
	defer func() { s.debug.running = running }()
	before := *s
	s.ev, s.scope, s.it, s.done, s.last = ev, scope{}, eval.Value{}, nil, nil
	if err := s.addStart(ctx); err != nil {
		s.ev, s.scope, s.it, s.done, s.last = before.ev, before.scope, before.it, before.done, before.last
		return err
	}
	out, errs := s.opt.Out, s.opt.Err
	defer func() { s.opt.Out, s.opt.Err = out, errs }()
	for _, d := range done {
		input := d.input
		s.opt.Out, s.opt.Err = io.Discard, io.Discard
		s.uses = map[string]bool{}
		err := s.redo(ctx, input)
		s.opt.Out, s.opt.Err = out, errs
		if err != nil {
			fmt.Fprintf(s.opt.Err, "warning: '%s' fails now: %s\n", input, err)
			s.done = append(s.done, d) // another setting may be good for it
		}
	}
	return nil
}

// redo carries out a definition again: a command such as :load, or bindings.
func (s *Session) redo(ctx context.Context, input string) error {
	if classify(input) == inputCommand {
		return s.command(ctx, input)
	}
	return s.bind(ctx, input)
}

// traceEnable turns the trace of errors on or off, or over, and says which it is now. :te.
func (s *Session) traceEnable(_ context.Context, arg string) error {
	switch arg {
	case "":
		s.settings.Trace = !s.settings.Trace
	default:
		on, ok := parseBool(arg)
		if !ok {
			return fmt.Errorf("unexpected argument '%s' to :te", arg)
		}
		s.settings.Trace = on
	}
	if s.settings.Trace {
		fmt.Fprintln(s.opt.Out, "showing error traces")
	} else {
		fmt.Fprintln(s.opt.Out, "not showing error traces")
	}
	return nil
}

// save writes the definitions to a file, which :source can read. The file is whole or as it
// was; a file that this session did not write or read is not replaced. :save.
func (s *Session) save(_ context.Context, arg string) error {
	name := s.opt.OSPath(s.absolute(arg))
	if _, err := os.Lstat(name); err == nil && !s.own[name] {
		return fmt.Errorf("there is a file '%s' already, which this session neither saved nor did with :source", arg)
	}
	var text strings.Builder
	for _, d := range s.done {
		text.WriteString(d.input + "\n")
	}
	file, err := os.CreateTemp(filepath.Dir(name), ".firn-*")
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no folder for '%s'", arg)
	}
	if err != nil {
		return err
	}
	_, err = file.WriteString(text.String())
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), name)
	}
	if err != nil {
		os.Remove(file.Name())
		return err
	}
	s.ours(name)
	fmt.Fprintf(s.opt.Out, "%s written to %s\n", count(len(s.done), "input"), arg)
	return nil
}

// ours remembers a regular file that :save may replace.
func (s *Session) ours(name string) {
	if info, err := os.Lstat(name); err != nil || !info.Mode().IsRegular() {
		return
	}
	if s.own == nil {
		s.own = map[string]bool{}
	}
	s.own[name] = true
}

// maxSourcing bounds files of inputs that :source each other.
const maxSourcing = 20

// source carries out the inputs in a file as if they were typed, until one fails. :source.
func (s *Session) source(ctx context.Context, arg string) error {
	name := s.opt.OSPath(s.absolute(arg))
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file '%s'", arg)
	}
	if err != nil {
		return err
	}
	s.ours(name)
	if s.sourcing >= maxSourcing {
		return errors.New("files of inputs are nested too deeply")
	}
	s.sourcing++
	defer func() { s.sourcing-- }()
	lines := &lineReader{lines: strings.Split(strings.TrimSuffix(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n"), "\n")}
	// Of the inputs in the file, the first that fails is the last.
	failed := s.failed
	s.failed = false
	for !s.quit {
		input, err := s.read(lines)
		if strings.TrimSpace(input) != "" {
			s.Input(ctx, input)
		}
		if err != nil || s.failed {
			break
		}
	}
	stopped := s.failed
	s.failed = s.failed || failed
	if stopped {
		return fmt.Errorf("stopped at line %d of %s", lines.next, arg)
	}
	return nil
}

// A lineReader is a Reader of lines that are in memory.
type lineReader struct {
	lines []string
	next  int
}

// Line implements Reader.
func (r *lineReader) Line(bool) (string, error) {
	if r.next == len(r.lines) {
		return "", io.EOF
	}
	r.next++
	return r.lines[r.next-1], nil
}

// Remember implements Reader: inputs of files are not added to the history.
func (r *lineReader) Remember(string) {}
