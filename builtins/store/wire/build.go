package wire

// This file defines the records about builds: results, derivations without their
// inputs' derivations, and settings.

import "time"

// A Status is how a build ended.
type Status uint64

// The statuses.
const (
	Built Status = iota
	Substituted
	AlreadyValid
	PermanentFailure
	InputRejected
	OutputRejected // also if the output has another hash than a fixed one
	TransientFailure
	CachedFailure
	TimedOut
	MiscFailure
	DependencyFailed
	LogLimitExceeded
	NotDeterministic
	ResolvesToAlreadyValid
	NoSubstituters
)

// Success reports whether the outputs are valid.
func (s Status) Success() bool {
	return s <= AlreadyValid || s == ResolvesToAlreadyValid
}

// A BuildResult is the result of a build. Which fields are sent depends on the
// version.
type BuildResult struct {
	Status           Status
	Error            string // "" for a success
	TimesBuilt       uint64
	NonDeterministic bool
	Start, Stop      time.Time
	CPUUser          *time.Duration // nil if it was not measured
	CPUSystem        *time.Duration // nil if it was not measured
	Outputs          []Pair         // "sha256:HEX!out" and the JSON of its realisation, sorted
}

// A resultSet says what parts of a BuildResult a version has.
type resultSet struct{ outputs, times, cpu bool }

// resultParts returns the parts of a BuildResult that a version of either
// protocol has.
func resultParts(v Version) resultSet {
	if v.Major() == Serve.Major() {
		return resultSet{outputs: v >= V(2, 6), times: v >= V(2, 3)}
	}
	return resultSet{outputs: v >= V(1, 28), times: v >= V(1, 29), cpu: v >= V(1, 37)}
}

// BuildResult reads the result of a build.
func (r *Reader) BuildResult() BuildResult {
	parts := resultParts(r.Version)
	var b BuildResult
	b.Status = Status(r.Upto(uint64(NoSubstituters), "build status"))
	b.Error = r.String()
	if parts.times {
		b.TimesBuilt, b.NonDeterministic = r.Uint64(), r.Bool()
		b.Start, b.Stop = r.Time(), r.Time()
	}
	if parts.cpu {
		b.CPUUser, b.CPUSystem = r.duration(), r.duration()
	}
	if parts.outputs {
		b.Outputs = r.Pairs()
	}
	return b
}

// BuildResult writes the result of a build.
func (w *Writer) BuildResult(b BuildResult) {
	parts := resultParts(w.Version)
	w.Uint64(uint64(b.Status))
	w.String(b.Error)
	if parts.times {
		w.Uint64(b.TimesBuilt)
		w.Bool(b.NonDeterministic)
		w.Time(b.Start)
		w.Time(b.Stop)
	}
	if parts.cpu {
		w.duration(b.CPUUser)
		w.duration(b.CPUSystem)
	}
	if parts.outputs {
		w.Pairs(b.Outputs)
	}
}

// duration reads an optional duration, in microseconds.
func (r *Reader) duration() *time.Duration {
	if r.Upto(1, "tag of an optional time") == 0 {
		return nil
	}
	d := time.Duration(r.Upto(1<<62/uint64(time.Microsecond), "time")) * time.Microsecond
	return &d
}

// duration writes an optional duration, in microseconds.
func (w *Writer) duration(d *time.Duration) {
	if d == nil {
		w.Uint64(0)
		return
	}
	w.Uint64(1)
	w.Uint64(uint64(d.Microseconds()))
}

// A Derivation is a derivation as it is sent to be built: its inputs are store
// paths, and the texts are those of a .drv file.
type Derivation struct {
	Outputs  []Output
	Inputs   []string
	Platform string
	Builder  string
	Args     []string
	Env      []Pair
}

// An Output is an output of a Derivation.
type Output struct {
	Name   string
	Path   string // "" if it is not known before the build
	Method string // how it is hashed, such as "r:sha256"; "" if the path follows from the derivation
	Hash   string // in base16; "" if it is not given in advance
}

// IsInputAddressed reports whether the path of an output follows from the
// derivation, and not from the contents: then there is no way to check that the
// derivation may have it.
func (d *Derivation) IsInputAddressed() bool {
	for _, o := range d.Outputs {
		if o.Method == "" {
			return true
		}
	}
	return len(d.Outputs) == 0
}

// Derivation reads a derivation.
func (r *Reader) Derivation() *Derivation {
	return &Derivation{
		Outputs: List(r, func() Output {
			return Output{Name: r.String(), Path: r.OptionalPath(), Method: r.String(), Hash: r.String()}
		}),
		Inputs:   r.Paths(),
		Platform: r.String(),
		Builder:  r.String(),
		Args:     r.Strings(),
		Env:      r.Pairs(),
	}
}

// Derivation writes a derivation.
func (w *Writer) Derivation(d *Derivation) {
	w.Uint64(uint64(len(d.Outputs)))
	for _, o := range d.Outputs {
		w.String(o.Name)
		w.String(o.Path)
		w.String(o.Method)
		w.String(o.Hash)
	}
	w.Strings(d.Inputs)
	w.String(d.Platform)
	w.String(d.Builder)
	w.Strings(d.Args)
	w.Pairs(d.Env)
}

// Settings are what a client wants of a daemon, for its connection.
type Settings struct {
	KeepFailed    bool
	KeepGoing     bool
	TryFallback   bool
	Verbosity     uint64 // 3 is what users see
	MaxJobs       uint64
	MaxSilentTime uint64 // seconds; 0 is no limit
	QuietBuilds   bool   // no output of builders in the log
	Cores         uint64
	Substitute    bool
	Overrides     []Pair // settings by their names in nix.conf, sorted
}

// quietBuilds is the level of the output of builders that are not to be heard.
const quietBuilds = 7

// Settings reads what a client wants.
func (r *Reader) Settings() Settings {
	var s Settings
	s.KeepFailed, s.KeepGoing, s.TryFallback = r.Bool(), r.Bool(), r.Bool()
	s.Verbosity, s.MaxJobs, s.MaxSilentTime = r.Uint64(), r.Uint64(), r.Uint64()
	_ = r.Uint64() // use of the build hook
	s.QuietBuilds = r.Uint64() != 0
	_, _ = r.Uint64(), r.Uint64() // type of the log, print of the trace
	s.Cores, s.Substitute = r.Uint64(), r.Bool()
	if r.Version >= V(1, 12) {
		s.Overrides = r.Pairs()
	}
	return s
}

// Settings writes what a client wants.
func (w *Writer) Settings(s Settings) {
	w.Bool(s.KeepFailed)
	w.Bool(s.KeepGoing)
	w.Bool(s.TryFallback)
	w.Uint64(s.Verbosity)
	w.Uint64(s.MaxJobs)
	w.Uint64(s.MaxSilentTime)
	w.Bool(true)
	if s.QuietBuilds {
		w.Uint64(quietBuilds)
	} else {
		w.Uint64(0)
	}
	w.Uint64(0)
	w.Uint64(0)
	w.Uint64(s.Cores)
	w.Bool(s.Substitute)
	if w.Version >= V(1, 12) {
		w.Pairs(s.Overrides)
	}
}

// BuildOptions are the settings of a build in the serve protocol.
type BuildOptions struct {
	MaxSilentTime, Timeout uint64 // seconds; 0 is no limit
	MaxLogSize             uint64 // bytes; 0 is no limit
	Repeats                uint64 // always 0 by now
	EnforceDeterminism     bool
	KeepFailed             bool
}

// BuildOptions reads the settings of a build.
func (r *Reader) BuildOptions() BuildOptions {
	o := BuildOptions{MaxSilentTime: r.Uint64(), Timeout: r.Uint64()}
	if r.Version >= V(2, 2) {
		o.MaxLogSize = r.Uint64()
	}
	if r.Version >= V(2, 3) {
		o.Repeats, o.EnforceDeterminism = r.Uint64(), r.Bool()
	}
	if r.Version >= V(2, 7) {
		o.KeepFailed = r.Bool()
	}
	return o
}

// BuildOptions writes the settings of a build.
func (w *Writer) BuildOptions(o BuildOptions) {
	w.Uint64(o.MaxSilentTime)
	w.Uint64(o.Timeout)
	if w.Version >= V(2, 2) {
		w.Uint64(o.MaxLogSize)
	}
	if w.Version >= V(2, 3) {
		w.Uint64(o.Repeats)
		w.Bool(o.EnforceDeterminism)
	}
	if w.Version >= V(2, 7) {
		w.Bool(o.KeepFailed)
	}
}
