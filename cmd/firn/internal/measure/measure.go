// Package measure tells users what an evaluation costs: statistics, counts of calls,
// profiles, traces.
//
//	o := measure.FromEnv(os.Getenv) // NIX_SHOW_STATS and so on
//	o.FromSettings(set)             // eval-profiler and so on
//	o.Profile = "firn.pprof"        // of a flag
//	m, err := measure.Start(o, &opt) // changes the eval.Options
//	ev, err := eval.New(opt)
//	…
//	err = m.Finish(ev, os.Stderr)
package measure

// This file defines what can be asked for, and how it is written.

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/profile"
)

// A Form is a form of statistics.
type Form string

// Forms of statistics.
const (
	Table Form = "table" // for people
	JSON  Form = "json"  // with the reference's keys
)

// Options say what to measure.
type Options struct {
	Stats      Form   // "" for none
	StatsFile  string // where they are written; "" and "-" for stderr
	CountCalls bool   // with the calls of each function and builtin; JSON only
	Symbols    bool   // with all names; JSON only
	TraceCalls bool   // print each beginning and end of a call

	Profile   string // file for a profile in pprof's form; "" for none
	Folded    string // file for folded stacks; "" for none
	Frequency int    // samples a second; 0 for the default
	EveryCall bool   // each call is a sample of folded stacks
}

// FromEnv returns what the reference's environment variables ask for.
func FromEnv(getenv func(name string) string) Options {
	is := func(name string) bool { v := getenv(name); return v != "" && v != "0" }
	o := Options{CountCalls: is("NIX_COUNT_CALLS"), Symbols: is("NIX_SHOW_SYMBOLS")}
	if is("NIX_SHOW_STATS") {
		o.Stats, o.StatsFile = JSON, getenv("NIX_SHOW_STATS_PATH")
	}
	return o
}

// FromSettings adds what settings ask for.
func (o *Options) FromSettings(set *settings.Settings) {
	o.TraceCalls = set.Bool("trace-function-calls")
	on := set.Text("eval-profiler") == "flamegraph"
	if on {
		o.Folded = set.Text("eval-profile-file")
	}
	if f := set.Int("eval-profiler-frequency"); on || f != 99 { // which is the reference's default
		o.Frequency, o.EveryCall = f, f == 0
	}
}

// A Session is an evaluation that is measured.
type Session struct {
	opt     Options
	start   time.Time
	profile *profile.Profile
	files   []*output
}

// Measures reports whether anything is asked for.
func (o *Options) Measures() bool {
	return o.Stats != "" || o.Profile != "" || o.Folded != "" || o.TraceCalls
}

// Start prepares to measure: it changes the options of the evaluator, which is to be
// made at once. That files can be written is known then. Finish or Abort is to be called.
func Start(o Options, opt *eval.Options) (*Session, error) {
	s := &Session{opt: o, start: time.Now()}
	if o.Measures() {
		opt.Cache = nil // what is not evaluated cannot be measured
	}
	opt.TraceCalls = o.TraceCalls
	opt.CountCalls = o.CountCalls && o.Stats == JSON
	opt.CountExpressions = o.Stats == JSON
	if o.Profile != "" || o.Folded != "" {
		s.profile = profile.New(profile.Options{Frequency: o.Frequency, EveryCall: o.EveryCall})
		opt.Profile = s.profile
	}
	for _, f := range []struct {
		name  string
		write func(ev *eval.Evaluator, out io.Writer) error
		stats bool
	}{
		{o.Profile, func(_ *eval.Evaluator, out io.Writer) error { return s.profile.WritePprof(out) }, false},
		{o.Folded, func(_ *eval.Evaluator, out io.Writer) error { return s.profile.WriteFolded(out) }, false},
		{s.statsFile(), s.writeStats, true},
	} {
		if f.name == "" {
			continue
		}
		out, err := create(f.name)
		if err != nil {
			s.Abort()
			return nil, err
		}
		out.write, out.stats = f.write, f.stats
		s.files = append(s.files, out)
	}
	return s, nil
}

// statsFile returns where statistics are written; "" if nowhere or on stderr.
func (s *Session) statsFile() string {
	if s.opt.Stats == "" || s.opt.StatsFile == "-" {
		return ""
	}
	return s.opt.StatsFile
}

func (s *Session) writeStats(ev *eval.Evaluator, out io.Writer) error {
	if s.opt.Stats == JSON {
		return s.writeJSON(ev, out)
	}
	return s.writeTable(ev, out)
}

// DropStats says that no statistics are wanted after all.
func (s *Session) DropStats() {
	s.files = slices.DeleteFunc(s.files, func(f *output) bool {
		if f.stats {
			f.abort()
		}
		return f.stats
	})
	s.opt.Stats = ""
}

// Abort gives up what Start prepared.
func (s *Session) Abort() {
	for _, f := range s.files {
		f.abort()
	}
	s.files = nil
}

// Finish writes what was measured, after the evaluation; statistics that are for no
// file to stderr.
func (s *Session) Finish(ev *eval.Evaluator, stderr io.Writer) error {
	var failed []error
	for _, f := range s.files {
		failed = append(failed, f.finish(ev))
	}
	s.files = nil
	if s.opt.Stats != "" && s.statsFile() == "" {
		failed = append(failed, s.writeStats(ev, stderr))
	}
	return errors.Join(failed...)
}

// An output is a file that is there, whole, when it was written, and before that is
// not, or is what it was.
type output struct {
	name  string
	file  *os.File
	plain bool // it is no file that could be replaced, a pipe for instance
	stats bool // it is of statistics
	write func(ev *eval.Evaluator, out io.Writer) error
}

// standard are names of what is open already. It may be a file, which is not to be
// replaced.
var standard = map[string]*os.File{
	"/dev/stdout": os.Stdout, "/dev/fd/1": os.Stdout, "/proc/self/fd/1": os.Stdout,
	"/dev/stderr": os.Stderr, "/dev/fd/2": os.Stderr, "/proc/self/fd/2": os.Stderr,
}

func create(name string) (*output, error) {
	fail := func(err error) error {
		var p *fs.PathError
		if errors.As(err, &p) {
			err = p.Err
		}
		return fmt.Errorf("writing '%s': %w", name, err)
	}
	if f := standard[name]; f != nil {
		return &output{name: name, file: f, plain: true}, nil
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		name = real
	}
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		f, err := os.OpenFile(name, os.O_WRONLY, 0)
		if err != nil {
			return nil, fail(err)
		}
		return &output{name: name, file: f, plain: true}, nil
	}
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".")
	if err != nil {
		return nil, fail(err)
	}
	return &output{name: name, file: f}, nil
}

func (o *output) abort() {
	o.close()
	if !o.plain {
		os.Remove(o.file.Name())
	}
}

func (o *output) close() error {
	if standard[o.name] != nil {
		return nil
	}
	return o.file.Close()
}

func (o *output) finish(ev *eval.Evaluator) error {
	err := o.write(ev, o.file)
	if !o.plain && err == nil {
		err = o.file.Chmod(0o644)
	}
	if e := o.close(); err == nil {
		err = e
	}
	if !o.plain {
		if err == nil {
			err = os.Rename(o.file.Name(), o.name)
		}
		if err != nil {
			os.Remove(o.file.Name())
		}
	}
	if err != nil {
		return fmt.Errorf("writing '%s': %w", o.name, err)
	}
	return nil
}
