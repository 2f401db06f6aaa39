package dropin

// This file defines the command line: the flags that all programs have, and how the
// reference reads them.

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/firn-lang/firn/builtins/settings"
)

// A Flag is a row of a table of flags.
type Flag struct {
	Name  string // without minus signs
	Short byte   // -X; or 0
	Alias string // other name; or ""
	Args  string // names of its arguments, between spaces
	Help  string
	Apply func(args []string) error
}

// On returns what sets a field.
func On(field *bool) func([]string) error {
	return func([]string) error { *field = true; return nil }
}

// To returns what sets a field to the argument.
func To(field *string) func([]string) error {
	return func(args []string) error { *field = args[0]; return nil }
}

// Nothing is what flags do that are accepted, and have no meaning.
func Nothing([]string) error { return nil }

// number returns what sets a setting to a number that may have a unit.
func (p *Program) number(setting string) func([]string) error {
	return func(args []string) error {
		n, err := settings.Number(args[0])
		if err != nil {
			return err
		}
		return p.Set.Set(setting, n)
	}
}

// to returns what sets a setting to a value.
func (p *Program) to(setting, value string) func([]string) error {
	return func([]string) error { return p.Set.Set(setting, value) }
}

// set returns what sets a setting to the argument.
func (p *Program) set(setting string) func([]string) error {
	return func(args []string) error { return p.Set.Set(setting, args[0]) }
}

// BuildFlags returns the flags of the programs that build, or could.
func (p *Program) BuildFlags() []Flag {
	return []Flag{
		{Name: "no-build-output", Short: 'Q', Help: "Messages are lines of text, as with --log-format raw.", Apply: func([]string) error { return p.Log.setFormat("raw") }},
		{Name: "keep-failed", Short: 'K', Help: "Set keep-failed.", Apply: p.to("keep-failed", "true")},
		{Name: "keep-going", Short: 'k', Help: "Set keep-going.", Apply: p.to("keep-going", "true")},
		{Name: "fallback", Help: "Set fallback.", Apply: p.to("fallback", "true")},
		{Name: "cores", Args: "n", Help: "Set cores.", Apply: p.number("cores")},
		{Name: "max-silent-time", Args: "n", Help: "Set max-silent-time.", Apply: p.number("max-silent-time")},
		{Name: "timeout", Args: "n", Help: "Set timeout.", Apply: p.number("timeout")},
		{Name: "readonly-mode", Help: "The same as --dry-run.", Apply: On(&p.ReadOnly)},
		{Name: "no-gc-warning", Help: "Do not warn that there is no --add-root.", Apply: On(&p.NoGCNote)},
		{Name: "store", Args: "url", Help: "Use this store, such as local?root=/x, or dummy:// for none.", Apply: p.set("store")},
		{Name: "max-jobs", Short: 'j', Args: "n", Help: "Set max-jobs.", Apply: p.set("max-jobs")},
	}
}

// CommonFlags returns the flags of all programs.
func (p *Program) CommonFlags() []Flag {
	return []Flag{
		{Name: "verbose", Short: 'v', Help: "Say more; may be given several times.", Apply: func([]string) error {
			p.Log.Level = min(p.Log.Level+1, Vomit)
			return nil
		}},
		{Name: "quiet", Help: "Say less.", Apply: func([]string) error {
			p.Log.Level = max(p.Log.Level-1, Error)
			return nil
		}},
		{Name: "debug", Help: "Say much.", Apply: func([]string) error {
			p.Log.Level = Debug
			return nil
		}},
		{Name: "option", Args: "name value", Help: "Change a setting.", Apply: func(args []string) error {
			err := p.Set.Option(args[0], args[1])
			if u, ok := err.(*settings.UsageError); ok {
				p.Log.warnOf(u)
				return nil
			}
			return err
		}},
		{Name: "log-format", Args: "name", Help: "How messages look: raw, internal-json, bar or bar-with-logs.", Apply: func(args []string) error {
			return p.Log.setFormat(args[0])
		}},
	}
}

// A Taker takes the first of the words of a command line, with its arguments, and
// returns what is behind. ok says that it knows the word.
type Taker func(args []string) (rest []string, ok bool, err error)

// Parse reads a command line: flag takes what begins with a minus sign, and operand the
// rest.
//
// Quirk: letters behind a minus sign are flags, and what is behind them is an argument,
// as in -j4; so -Ia=b stands for -I -a =b.
func Parse(args []string, flag, operand Taker) error {
	operandsOnly := false
	for len(args) > 0 {
		a := args[0]
		if !operandsOnly && len(a) > 2 && a[0] == '-' && isLetter(a[1]) {
			var split []string
			for i := 1; i < len(a); i++ {
				if !isLetter(a[i]) {
					split = append(split, a[i:])
					break
				}
				split = append(split, "-"+a[i:i+1])
			}
			args = append(split, args[1:]...)
			a = args[0]
		}
		var err error
		ok := true
		switch {
		case !operandsOnly && a == "--":
			operandsOnly = true
			args = args[1:]
		case !operandsOnly && a[:min(len(a), 1)] == "-":
			if args, ok, err = flag(args); !ok && err == nil {
				err = Usage("unrecognised flag '%s'", a)
			}
		default:
			if _, ok, err = operand(args[:1]); !ok && err == nil {
				err = Usage("unexpected argument '%s'", a)
			}
			args = args[1:]
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// Take takes the word that args begins with, if it is a flag of the tables or a setting.
func (p *Program) Take(args []string, tables ...[]Flag) (rest []string, ok bool, err error) {
	f := Find(args[0], tables...)
	if f == nil {
		f = p.setting(args[0])
	}
	if f == nil {
		return args, false, nil
	}
	rest = args[1:]
	want := len(strings.Fields(f.Args))
	if len(rest) < want {
		return nil, true, Usage("flag '%s' requires %d argument(s), but only %d were given", args[0], want, len(rest))
	}
	return rest[want:], true, f.Apply(rest[:want])
}

// TakeOwn takes the word that args begins with, if it is a flag of the program itself.
// Those have one argument at most, and are known behind -- too.
func TakeOwn(args []string, table []Flag) (rest []string, ok bool, err error) {
	f, rest := Find(args[0], table), args[1:]
	switch {
	case f == nil:
		return args, false, nil
	case f.Args == "":
		return rest, true, f.Apply(nil)
	case len(rest) == 0:
		return nil, true, Usage("'%s' requires an argument", args[0])
	}
	return rest[1:], true, f.Apply(rest[:1])
}

// setting returns the flag that changes a setting, or nil.
func (p *Program) setting(word string) *Flag {
	name, _ := strings.CutPrefix(word, "--")
	s, ok := p.Set.Flag(name)
	if !ok || name == word {
		return nil
	}
	f := &Flag{Name: name, Apply: func(args []string) error { return s.Apply(strings.Join(args, "")) }}
	if s.Args > 0 {
		f.Args = "value"
	}
	return f
}

// Find returns the flag that a word is, or nil.
func Find(word string, tables ...[]Flag) *Flag {
	for _, table := range tables {
		for i := range table {
			f := &table[i]
			if word == "--"+f.Name || f.Alias != "" && word == "--"+f.Alias || f.Short != 0 && word == "-"+string(rune(f.Short)) {
				return f
			}
		}
	}
	return nil
}

// A Section is a part of the list of flags that --help prints.
type Section struct {
	Title string
	Flags []Flag
}

// PrintFlags writes what flags there are.
func PrintFlags(out io.Writer, sections ...Section) error {
	for _, s := range sections {
		fmt.Fprintf(out, "\n%s:\n", s.Title)
		w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
		for i := range s.Flags {
			fmt.Fprintf(w, "  %s\t%s\n", s.Flags[i].usage(), s.Flags[i].Help)
		}
		if err := w.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// usage returns how the flag is written.
func (f *Flag) usage() string {
	text := "--" + f.Name
	if f.Alias != "" {
		text += ", --" + f.Alias
	}
	if f.Short != 0 {
		text = "-" + string(rune(f.Short)) + ", " + text
	}
	return strings.TrimRight(text+" "+strings.ToUpper(f.Args), " ")
}
