// Package settings knows the settings of Nix: nix.conf, NIX_CONFIG, and the flags that
// change them.
//
//	s := settings.New(settings.Source{LookupEnv: os.LookupEnv, Home: home, Warn: warn})
//	err := s.Load()                       // files and environment
//	err = s.Set("max-call-depth", "100")  // --option max-call-depth 100
//	flag, ok := s.Flag("no-pure-eval")    // --no-pure-eval
//	err = s.Finish()                      // warns of unknown settings
//	n := s.Int("max-call-depth")
package settings

// This file defines the settings: what they are, and how they are changed.

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strings"
)

// An Effect is what firn does with a setting.
type Effect uint8

const (
	Used    Effect = iota // does what it does in Nix
	Moot                  // cannot change what an evaluation results in
	Missing               // is of what firn does not do: build and fetch
)

// A Setting is one row of the table of settings.
type Setting struct {
	Name    string
	Kind    Kind
	Default string
	Effect  Effect
	Feature string // experimental feature that it needs, or ""
}

type alias struct{ name, setting string }

// A Message is a text with parts that are filled in, which can be given colours.
type Message struct {
	Format string
	Args   []any
}

func (m *Message) Error() string { return fmt.Sprintf(m.Format, m.Args...) }

// A UsageError is a mistake in how the program is used, not in what it reads.
type UsageError struct{ Message }

func usage(format string, args ...any) error { return &UsageError{Message{format, args}} }

func errorf(format string, args ...any) error { return &Message{format, args} }

// A Source is where settings come from.
type Source struct {
	LookupEnv func(name string) (string, bool)
	Home      string            // the user's folder
	Warn      func(text string) // says something that is no error
}

// Settings are the values that settings have. What is not set has its default.
type Settings struct {
	Source
	values  map[string]value
	unknown map[string]bool // names that were set and are of no setting
	unused  map[string]bool // settings without effect that the command line changes
	needed  map[string]bool // experimental features that flags need
}

type value struct {
	text string
	list []string // of a setting that has several
	user bool     // set after nix.conf
}

// New returns the defaults.
func New(src Source) *Settings {
	return &Settings{Source: src, values: map[string]value{}, unknown: map[string]bool{}, unused: map[string]bool{}, needed: map[string]bool{}}
}

// Clone returns settings with the same values, which are changed on their own.
func (s *Settings) Clone() *Settings {
	return &Settings{Source: s.Source, values: maps.Clone(s.values), unknown: maps.Clone(s.unknown), unused: maps.Clone(s.unused), needed: maps.Clone(s.needed)}
}

// lookup returns the setting of that name, or alias.
func lookup(name string) *Setting {
	if i, ok := sort.Find(len(aliases), func(i int) int { return strings.Compare(name, aliases[i].name) }); ok {
		name = aliases[i].setting
	}
	if i, ok := sort.Find(len(settings), func(i int) int { return strings.Compare(name, settings[i].Name) }); ok {
		return &settings[i]
	}
	return nil
}

// must returns the setting of that name, which there is.
func must(name string) *Setting {
	if x := lookup(name); x != nil {
		return x
	}
	panic("no setting " + name)
}

// All returns all settings, by name.
func All() []Setting { return slices.Clone(settings[:]) }

// Option is Set, for --option NAME VALUE of a command line.
func (s *Settings) Option(name, text string) error {
	if err := s.Set(name, text); err != nil {
		return err
	}
	if x := target(name); x != nil && x.Effect == Missing {
		s.unused[x.Name] = true
	}
	return nil
}

// Set changes the setting NAME, or appends to it what extra-NAME is set to.
func (s *Settings) Set(name, text string) error {
	if x := lookup(name); x != nil {
		return s.set(x, text, false)
	}
	if x := target(name); x != nil {
		return s.set(x, text, true)
	}
	s.unknown[name] = true
	return nil
}

// target returns the setting that NAME or extra-NAME changes, or nil.
func target(name string) *Setting {
	if x := lookup(name); x != nil {
		return x
	}
	rest, ok := strings.CutPrefix(name, "extra-")
	if x := lookup(rest); ok && x != nil && x.Kind.appendable() {
		return x
	}
	return nil
}

func (s *Settings) set(x *Setting, text string, more bool) error {
	if x.Feature != "" && !s.Feature(x.Feature) {
		s.Warn(fmt.Sprintf("Ignoring setting '%s' because experimental feature '%s' is not enabled", x.Name, x.Feature))
		return nil
	}
	parsed, err := x.parse(text)
	if err != nil {
		return err
	}
	switch {
	case x.Kind == Features:
		parsed.list = s.knownFeatures(parsed.list)
	case x.Name == "warn-short-path-literals":
		s.deprecated(parsed.text == "true")
	}
	if more {
		parsed.list = append(slices.Clip(s.Strings(x.Name)), parsed.list...)
	}
	parsed.user = true
	s.values[x.Name] = parsed
	return nil
}

// deprecated does what warn-short-path-literals stands for.
func (s *Settings) deprecated(on bool) {
	const target = "lint-short-path-literals"
	level := "ignore"
	if on {
		level = "warn"
	}
	s.Warn(fmt.Sprintf("'warn-short-path-literals' is deprecated, use '%s = %s' instead", target, level))
	if v := s.values[target]; !v.user {
		v.text = level
		s.values[target] = v
	}
}

// knownFeatures returns the names that are of experimental features, with what they
// are part of.
func (s *Settings) knownFeatures(names []string) []string {
	slices.Sort(names)
	var out []string
	for _, name := range slices.Compact(names) {
		switch {
		case slices.Contains(features[:], name):
			out = append(out, name)
			if name == "flakes" {
				out = append(out, "fetch-tree")
			}
		case name == "no-url-literals":
			s.Warn("experimental feature 'no-url-literals' has been stabilized and renamed; use 'lint-url-literals = fatal' setting instead")
		default:
			s.Warn(fmt.Sprintf("unknown experimental feature '%s'", name))
		}
	}
	return out
}

// Feature reports whether an experimental feature is enabled.
func (s *Settings) Feature(name string) bool {
	return slices.Contains(s.Strings("experimental-features"), name)
}

// RequireFeature returns an error unless an experimental feature is enabled.
func (s *Settings) RequireFeature(name string) error {
	if s.Feature(name) {
		return nil
	}
	return errorf("experimental Nix feature '%s' is disabled; add '--extra-experimental-features %s' to enable it", name, name)
}

// Bool returns the value of a Boolean setting.
func (s *Settings) Bool(name string) bool { return s.Text(name) == "true" }

// Int returns the value of a number.
func (s *Settings) Int(name string) int {
	n, _ := parseInt(s.Text(name), 64)
	return int(n)
}

// Text returns the value of a setting that is one word or text.
func (s *Settings) Text(name string) string {
	x := must(name)
	if v, ok := s.values[x.Name]; ok {
		return v.text
	}
	return x.Default
}

// Strings returns the value of a setting that is a list, set or map.
func (s *Settings) Strings(name string) []string {
	x := must(name)
	if v, ok := s.values[x.Name]; ok {
		return v.list
	}
	return words(x.Default)
}

// Changed returns the value of a setting as nix.conf has it, and whether it was set after the nix.conf of the machine.
func (s *Settings) Changed(name string) (value string, changed bool) {
	v := s.values[name]
	if len(v.list) > 0 {
		return strings.Join(v.list, " "), v.user
	}
	return v.text, v.user
}

// IsSet reports whether a setting was set, be it to its default.
func (s *Settings) IsSet(name string) bool {
	_, ok := s.values[must(name).Name]
	return ok
}

// SetDefault changes a default that depends on the machine.
func (s *Settings) SetDefault(name, text string) {
	x := must(name)
	s.values[x.Name] = value{text: text}
}

// A Flag is what --NAME does to a setting.
type Flag struct {
	Args  int // 0 or 1
	Apply func(arg string) error
}

// Flag returns the flag of that name, without the minus signs. Booleans are NAME and
// no-NAME; others take a value, which extra-NAME appends.
//
// Quirk: an alias is the last of the flags that its setting has, so --build-fallback
// disables fallback.
func (s *Settings) Flag(name string) (Flag, bool) {
	var form string
	x := lookup(name)
	for _, prefix := range []string{"no-", "relaxed-", "extra-"} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && x == nil {
			if x = lookup(rest); x != nil && x.Name != rest {
				x = nil
			}
			form = prefix
		}
	}
	if x == nil {
		return Flag{}, false
	}
	if form == "" && x.Name != name {
		form = x.Kind.lastForm()
	}
	if !x.Kind.hasForm(form) {
		return Flag{}, false
	}
	f := Flag{Args: 1, Apply: func(arg string) error { return s.flag(x, arg, form == "extra-") }}
	if text := x.Kind.flagValue(form); text != "" {
		f = Flag{Apply: func(string) error { return s.override(x, text) }}
	}
	return f, true
}

func (s *Settings) flag(x *Setting, text string, more bool) error {
	s.note(x)
	return s.set(x, text, more)
}

// override sets what a flag without a value says; it needs no feature yet.
func (s *Settings) override(x *Setting, text string) error {
	s.note(x)
	if x.Name == "warn-short-path-literals" {
		s.deprecated(text == "true")
	}
	s.values[x.Name] = value{text: text, user: true}
	return nil
}

// note remembers what a setting that the command line changes needs, and that it
// has no effect.
func (s *Settings) note(x *Setting) {
	if x.Effect == Missing {
		s.unused[x.Name] = true
	}
	if x.Feature != "" {
		s.needed[x.Feature] = true
	}
}
