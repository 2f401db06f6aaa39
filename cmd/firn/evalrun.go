package main

// This file defines a run of firn eval: which values it prints, and what it does
// about errors.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/flakecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/format"
	"github.com/firn-lang/firn/eval/world"
)

// evalRun is one run of firn eval.
type evalRun struct {
	*evalCmd
	streams *streams
	world   *setup.Streams
	set     *settings.Settings

	ev         *eval.Evaluator
	arguments  []setup.Arg
	args       map[string]any // the values of arguments, for functions; nil until something is evaluated
	out        *output
	shown      *terminal.Progress // nil if there is none
	written    int                // values that were printed
	errs       []problem          // that the run went on after
	more       int                // of them that are not kept
	replace    bool               // what --write-to names is this command's
	failed     bool               // something failed, and it has been said where it belongs
	ended      func()             // ends the watch for an interruption; or nil
	configured bool               // the settings that a flake asks for were applied
}

// A problem is an error that a run went on after.
type problem struct {
	attr string // attribute path of what failed; "" for all of the value
	err  error
}

// Run evaluates what the command line names.
func (c *evalCmd) Run(s *streams) error {
	world := s.setup()
	world.NameTexts = c.Errors != errorsNix
	set, err := c.settings(world)
	if err != nil {
		return err
	}
	line := c.progress(s)
	world.Err = line.Over(world.Err)
	ctx, stop := world.Interruptible()
	if c.Debugger { // at whose prompt Ctrl-C is for what is typed there
		stop()
		ctx, stop = interruptible(context.Background())
	}
	stop = sync.OnceFunc(stop)
	defer stop()
	if c.Watch {
		return c.watch(ctx, s, world, set)
	}
	r := &evalRun{evalCmd: c, streams: s, world: world, set: set, out: newOutput(s.out), shown: line, ended: stop}
	if s.terminal(s.out).Is {
		r.out.out = line.Over(s.out)
	}
	return r.finish(r.run(ctx, r.write))
}

// A valueFunc does something with a value that is asked for. attr is its attribute path.
type valueFunc func(ctx context.Context, v eval.Value, attr string) error

// run makes an evaluator and calls fn for each value that is asked for. A flake may change
// settings that evaluators are made of: then it begins again.
func (r *evalRun) run(ctx context.Context, fn valueFunc) error {
	err := r.once(ctx, fn)
	if !errors.Is(err, flakecmd.ErrConfigured) {
		return err
	}
	r.configured = true
	if r.written > 0 || len(r.errs) > 0 {
		return notSupported("the settings of a flake are to change the evaluation, which has begun: name that flake first")
	}
	return r.once(ctx, fn)
}

// once is run with the settings as they are.
func (r *evalRun) once(ctx context.Context, fn valueFunc) (err error) {
	opt := r.options(r.world, r.set)
	closeStore, err := r.useStore(ctx, &opt)
	if err != nil {
		return err
	}
	defer func() {
		if closed := closeStore(); err == nil {
			err = closed
		}
	}()
	if r.caches() {
		opt.Cache = setup.ResultCache(r.world, r.set)
	}
	r.arguments = r.flags().Args
	measured, err := r.start(r.set, &opt)
	if err != nil {
		return err
	}
	defer measured.Abort()
	within := func(fn func() error) error { return fn() }
	if r.Debugger {
		r.ev, within, err = r.debugged(opt)
	} else {
		r.ev, err = eval.New(opt)
	}
	if err != nil {
		return err
	}
	r.shown.Start(func(took time.Duration) string {
		st := r.ev.Stats()
		return describeProgress(took, st.Files, st.HeapUsed)
	})
	defer r.shown.Stop()
	evaluate := func(ctx context.Context) (err error) {
		sources := r.sources()
		var kept *setup.Kept
		if opt.Cache != nil {
			kept = r.recall(ctx, sources)
		}
		if !kept.Has(len(sources) * len(r.attributes())) {
			if r.args, err = setup.Arguments(ctx, r.ev, r.world, r.arguments); err != nil {
				return err
			}
		}
		for _, s := range sources {
			if err := r.source(ctx, kept, s, fn); err != nil {
				return err
			}
		}
		return nil
	}
	err = within(func() error { return r.ev.Run(ctx, evaluate) })
	r.shown.Stop()
	if errors.Is(err, flakecmd.ErrConfigured) {
		return err
	}
	if r.ended != nil { // what was measured is to be written, also after an interruption
		r.ended()
	}
	if failed := measured.Finish(r.ev, r.streams.err); err == nil {
		err = failed
	}
	return err
}

// source calls fn for the value of s, or for its attributes that -A asks for. Nothing is evaluated if
// all was kept.
func (r *evalRun) source(ctx context.Context, kept *setup.Kept, s *source, fn valueFunc) error {
	var v eval.Value
	known := false
	for _, attr := range r.attributes() {
		if done, err := r.again(kept, s, attr); err != nil {
			return err
		} else if done {
			continue
		}
		if !known {
			var err error
			if s.isFile {
				v, err = r.file(ctx, s)
			} else {
				v, err = r.text(ctx, s.name, s.text)
			}
			if errors.Is(err, flakecmd.ErrConfigured) {
				return err
			}
			if err != nil {
				return r.goOn("", err)
			}
			known = true
		}
		x, err := r.selected(ctx, v, attr, s.isFile)
		if err == nil {
			err = r.keep(ctx, kept, s, attr, x, fn)
		}
		if err != nil {
			if err := r.goOn(attr, err); err != nil {
				return err
			}
		}
	}
	return nil
}

// text evaluates an expression of the command line, which messages call name.
func (r *evalRun) text(ctx context.Context, name, source string) (eval.Value, error) {
	return r.ev.Eval(ctx, eval.Text{Name: name, Source: source, Dir: r.world.Dir})
}

// file evaluates a file of the command line.
func (r *evalRun) file(ctx context.Context, s *source) (eval.Value, error) {
	file := s.text
	switch {
	case file == "-":
		text, err := s.contents, error(nil)
		if !s.read {
			text, err = io.ReadAll(r.streams.in)
		}
		if err != nil {
			return eval.Value{}, err
		}
		return r.ev.Eval(ctx, eval.Text{Name: "«stdin»", Source: string(text), Dir: r.world.Dir})
	case strings.HasPrefix(file, "<") && strings.HasSuffix(file, ">"):
		p, err := r.ev.FindFile(ctx, file[1:len(file)-1])
		if err != nil {
			return eval.Value{}, err
		}
		return r.ev.EvalMain(ctx, p)
	}
	if setup.IsData(file) {
		if s.read {
			return r.world.DataText(ctx, r.ev, file, s.contents)
		}
		return r.world.Data(ctx, r.ev, file)
	}
	if setup.IsDescriptor(file) { // <(command) of a shell, which has no path that could be imported
		text, err := s.contents, error(nil)
		if !s.read {
			text, err = r.world.ReadNamed(ctx, file)
		}
		if err != nil {
			return eval.Value{}, setup.FileError(file, err)
		}
		return r.ev.Eval(ctx, eval.Text{Name: file, Source: string(text), Dir: r.world.Dir})
	}
	if settings.IsPseudoURL(file) && !strings.Contains(file, "#") {
		dir, err := r.ev.Unpacked(ctx, file)
		if err != nil {
			return eval.Value{}, err
		}
		return r.ev.EvalMain(ctx, dir)
	}
	if r.namesFlake(file) {
		if name, attr, ok := strings.Cut(file, "#"); ok && r.isFile(ctx, name) {
			return eval.Value{}, notSupported("'%s' is a file, and not the folder of a flake: to select an attribute of its value, write -A %s %s", name, attr, name)
		}
		e := storecmd.NewEnv(dropin.New("firn", r.world))
		e.Set = r.set
		defer e.Close()
		return flakecmd.Output(ctx, e, r.ev, &storecmd.LockFlags{OverrideInput: r.OverrideInput, OverrideFlakeArg: r.OverrideFlakeArg}, file, !r.configured)
	}
	p := path.Clean(r.world.Absolute(file))
	if err := r.reference(ctx, file, p); err != nil {
		return eval.Value{}, err
	}
	return r.ev.EvalMain(ctx, p)
}

// namesFlake reports whether an operand is an output of a flake, as in .#hello or
// github:owner/repo: it has a # or such a scheme, and is no file.
func (r *evalRun) namesFlake(file string) bool { return namesFlake(r.world, file) }

func namesFlake(s *setup.Streams, file string) bool {
	scheme, _, _ := strings.Cut(file, ":")
	scheme, _, _ = strings.Cut(scheme, "+")
	switch scheme {
	case "path", "git", "hg", "github", "gitlab", "sourcehut", "flake":
		if scheme != file {
			return true
		}
	}
	if !strings.Contains(file, "#") || strings.HasPrefix(file, "<") {
		return false
	}
	_, err := s.Host.Lstat(context.Background(), path.Clean(s.Absolute(file)))
	return err != nil
}

// isFile reports whether there is a regular file of that name.
func (r *evalRun) isFile(ctx context.Context, name string) bool {
	info, err := r.world.Host.Lstat(ctx, path.Clean(r.world.Absolute(name)))
	return err == nil && info.Type == world.Regular
}

// flakeFolder returns the folder that an operand for the output of a flake is about, if it is
// one.
func flakeFolder(operand string) string {
	ref, _, _ := strings.Cut(operand, "#")
	ref, _, _ = strings.Cut(ref, "?")
	for _, scheme := range []string{"path:", "git+file://", "git+file:"} {
		ref = strings.TrimPrefix(ref, scheme)
	}
	return cmp.Or(ref, ".")
}

// reference returns an error if an operand that is no file, whose path would be p, is meant
// to be a URL.
func (r *evalRun) reference(ctx context.Context, file, p string) error {
	if _, err := r.world.Host.Lstat(ctx, p); err == nil {
		return nil
	}
	if scheme, _, ok := strings.Cut(file, ":/"); ok && len(scheme) > 1 && !strings.ContainsAny(scheme, " /.") {
		return notSupported("cannot fetch '%s': URLs that can be fetched begin with https://, http:// or file://", file)
	}
	return nil
}

// notSupported returns the error of something that an evaluator could do, but firn cannot.
func notSupported(format string, args ...any) error {
	return &eval.Error{Code: "not-supported", Kind: eval.ErrHost, Msg: fmt.Sprintf(format, args...)}
}

// selected returns what an attribute path leads to. A function there is called if
// there are arguments for it, or if it is what a file has and needs none: so package
// sets can be looked at. Any other is a value, as for nix eval.
func (r *evalRun) selected(ctx context.Context, v eval.Value, attr string, isFile bool) (eval.Value, error) {
	v, err := v.SelectWith(ctx, attr, r.args)
	if err == nil && (len(r.args) > 0 || isFile && attr == "" && needsNothing(v)) {
		v, err = v.AutoCall(ctx, r.args)
	}
	if err != nil || r.Apply == "" {
		return v, err
	}
	fn, err := r.text(ctx, r.world.TextName("--apply"), r.Apply)
	if err != nil {
		return eval.Value{}, err
	}
	return fn.Call(ctx, v)
}

// needsNothing reports whether v is a function of a set in which nothing has to be.
func needsNothing(v eval.Value) bool {
	info, ok := v.Function()
	if !ok || info.Formals == nil {
		return false
	}
	for _, f := range info.Formals {
		if f.Default == "" {
			return false
		}
	}
	return true
}

// ends reports whether err ends the run even if it is to go on after errors.
func ends(err error) bool {
	var e *eval.Error
	return !errors.As(err, &e) || e.Kind == eval.ErrLimit || e.Kind == eval.ErrInterrupted
}

// maxProblems is how many errors are kept to be printed.
const maxProblems = 1000

// goOn remembers err if the run is to go on after it, and returns it if not.
func (r *evalRun) goOn(attr string, err error) error {
	var e *format.Error
	if !r.KeepGoing || ends(err) || errors.As(err, &e) {
		// A format.Error has not been gone on after for some reason.
		return &located{attr, err}
	}
	r.note(attr, err)
	return nil
}

func (r *evalRun) note(attr string, err error) {
	if len(r.errs) >= maxProblems {
		r.more++
		return
	}
	r.errs = append(r.errs, problem{attr, err})
}

// located is an error, and what was being evaluated.
type located struct {
	attr string
	err  error
}

func (l *located) Error() string { return l.err.Error() }
func (l *located) Unwrap() error { return l.err }

// pathOf returns the attribute path that err is about: attr, and what the error says.
func pathOf(attr string, err error) string {
	var e *format.Error
	if errors.As(err, &e) {
		if p := e.Path.String(); attr == "" {
			return strings.TrimPrefix(p, ".")
		} else {
			return attr + p
		}
	}
	return attr
}

// finish says what went wrong, and returns how the run ended.
func (r *evalRun) finish(err error) error {
	if flushed := r.out.Flush(); err == nil {
		err = flushed
	}
	var e *eval.Error
	var data *setup.DataError
	if err != nil && !errors.As(err, &e) && !errors.As(err, &data) {
		var l *located
		if errors.As(err, &l) {
			err = l.err // which is no evaluation's
		}
		if r.Errors == errorsNix {
			return err
		}
		if err = coded(err); code(err) == "" {
			return err
		}
	}
	r.reportAll()
	if err != nil {
		r.fail(err)
	}
	if r.WriteTo != "" && len(r.errs) > 0 && r.Errors != errorsJSON {
		fmt.Fprintf(r.streams.err, "\nNothing was written to '%s'.\n", r.WriteTo)
	}
	if err != nil {
		return failedError(setup.Status(err))
	}
	for _, e := range r.errs {
		if err == nil || setup.Status(e.err) != 1 {
			err = failedError(setup.Status(e.err))
		}
	}
	if err == nil && r.failed {
		err = errFailed
	}
	return err
}

// printer returns what prints errors of the run.
func (r *evalRun) printer() *errorPrinter {
	p := &errorPrinter{streams: r.streams, form: r.Errors, showTrace: r.set.Bool("show-trace"), ev: r.ev}
	for _, f := range r.Files {
		if r.namesFlake(f) {
			f = flakeFolder(f)
		}
		p.main = append(p.main, r.streams.userFile(f))
	}
	p.operands = r.Files
	return p
}

// fail prints the error that ended the run.
func (r *evalRun) fail(err error) {
	attr := ""
	var l *located
	if errors.As(err, &l) {
		attr = l.attr
	}
	attr = pathOf(attr, err)
	p := r.printer()
	var data *setup.DataError
	if errors.As(err, &data) {
		p.data = r.streams.userFile(data.File)
		if r.Errors == errorsNix {
			fmt.Fprintf(r.streams.err, "While reading %s:\n", data.File)
		}
		err = data.Err
	}
	var e *eval.Error
	if errors.As(err, &e) {
		err = e
	}
	p.print(err, attr)
}

// reportAll prints the errors that the run went on after. Those that are the same
// are one, of several places.
func (r *evalRun) reportAll() {
	p := r.printer()
	groups := r.errs
	others := map[int][]string{}
	if r.Errors != errorsJSON {
		groups, others = grouped(r.errs)
	}
	for i, e := range groups {
		attr := e.attr
		if r.Errors != errorsJSON {
			attr = "" // which is said above it
			where := ""
			if e.attr != "" {
				where = ", at ." + e.attr
			}
			fmt.Fprintf(setup.PlainWriter{Out: r.streams.err}, "Error %d of %d%s%s:\n", i+1, len(groups), where, alsoAt(others[i]))
		}
		p.oneOfMany = i < len(groups)-1
		p.print(e.err, attr)
		if r.Errors != errorsJSON && i < len(groups)-1 {
			fmt.Fprintln(r.streams.err)
		}
	}
	if r.more > 0 && r.Errors != errorsJSON {
		fmt.Fprintf(r.streams.err, "\nThere are %d errors more.\n", r.more)
	}
}

// grouped returns the first of those problems that are the same, and the paths of
// the others, by number.
func grouped(all []problem) ([]problem, map[int][]string) {
	type key struct{ msg, pos string }
	var out []problem
	at := map[key]int{}
	others := map[int][]string{}
	for _, p := range all {
		var e *eval.Error
		k := key{msg: p.err.Error()}
		if errors.As(p.err, &e) {
			k = key{e.Msg, e.Position().String()}
		}
		if i, ok := at[k]; ok {
			others[i] = append(others[i], p.attr)
			continue
		}
		at[k] = len(out)
		out = append(out, p)
	}
	return out, others
}

func alsoAt(paths []string) string {
	const shown = 3
	switch n := len(paths); {
	case n == 0:
		return ""
	case n <= shown:
		return " and ." + strings.Join(paths, ", .")
	default:
		return fmt.Sprintf(" and .%s, and %d more places", strings.Join(paths[:shown], ", ."), n-shown)
	}
}
