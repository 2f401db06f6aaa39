package instantiate

// This file defines the command line: the flags, and how the reference reads them.

import (
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/cmd/firn/internal/setup"
	"github.com/firn-lang/firn/eval"
)

// A flag is a row of the table of flags.
type flag struct {
	name  string // without minus signs
	short byte   // -X; or 0
	alias string // other name; or ""
	args  string // names of its arguments
	help  string
	apply func(p *program, args []string) error
}

// on returns what sets a field.
func on(field func(p *program) *bool) func(*program, []string) error {
	return func(p *program, _ []string) error { *field(p) = true; return nil }
}

// setForm returns what sets the form in which values are printed.
func setForm(f eval.Form) func(*program, []string) error {
	return func(p *program, _ []string) error { p.print.Form = f; return nil }
}

// arg returns what adds an argument for functions.
func arg(from setup.ArgSource) func(*program, []string) error {
	return func(p *program, args []string) error {
		a := setup.Arg{Name: args[0], From: from}
		if len(args) > 1 {
			a.Value = args[1]
		}
		p.Args = append(p.Args, a)
		return nil
	}
}

// number returns what sets a setting to a number that may have a unit.
func number(setting string) func(*program, []string) error {
	return func(p *program, args []string) error {
		n, err := settings.Number(args[0])
		if err != nil {
			return err
		}
		return p.set.Set(setting, n)
	}
}

// enable returns what sets a setting to true.
func enable(setting string) func(*program, []string) error {
	return func(p *program, _ []string) error { return p.set.Set(setting, "true") }
}

// checkStore complains about what does not say where a store is.
func checkStore(_ *program, args []string) error { return settings.CheckStore(args[0]) }

func nothing(*program, []string) error { return nil }

// own are the flags of the program itself: they are found behind -- too.
var own = []flag{
	{"help", 0, "", "", "Print this text.", func(*program, []string) error { return errHelp }},
	{"version", 0, "", "", "Print the version of Nix that this program behaves as.", (*program).printVersion},
	{"expr", 'E', "", "", "The operands are expressions, not files.", on(func(p *program) *bool { return &p.exprs })},
	{"eval", 0, "eval-only", "", "Print the values, do not instantiate them.", on(func(p *program) *bool { return &p.evalOnly })},
	{"read-write-mode", 0, "", "", "With --eval: what is put into the store can be read back.", on(func(p *program) *bool { return &p.readWrite })},
	{"parse", 0, "parse-only", "", "Print the expressions, do not evaluate them.", func(p *program, _ []string) error {
		p.parseOnly, p.evalOnly = true, true
		return nil
	}},
	{"find-file", 0, "", "", "The operands are names in the search path: print where they are.", on(func(p *program) *bool { return &p.findFile })},
	{"attr", 'A', "", "path", "Select this attribute, as in a.b.0; may be given several times.", func(p *program, args []string) error {
		p.attrs = append(p.attrs, args[0])
		return nil
	}},
	{"add-root", 0, "", "path", "Make a link to each derivation: path, path-2, ...", func(p *program, args []string) error {
		p.root = args[0]
		return nil
	}},
	{"indirect", 0, "", "", "Has no meaning any more.", nothing},
	{"raw", 0, "", "", "With --eval: print a string without quotes.", setForm(eval.FormRaw)},
	{"xml", 0, "", "", "With --eval: print XML.", setForm(eval.FormXML)},
	{"json", 0, "", "", "With --eval: print JSON.", setForm(eval.FormJSON)},
	{"no-location", 0, "", "", "With --xml: leave out where things are defined.", func(p *program, _ []string) error {
		p.print.Locations = false
		return nil
	}},
	{"strict", 0, "", "", "With --eval: evaluate all of the value.", on(func(p *program) *bool { return &p.print.Strict })},
	{"dry-run", 0, "", "", "Put nothing into the store.", on(func(p *program) *bool { return &p.readOnly })},
}

var evaluation = []flag{
	{"arg", 0, "", "name expr", "Pass an expression to functions that take an argument of that name.", arg(setup.FromExpr)},
	{"argstr", 0, "", "name text", "The same, for a string.", arg(setup.FromText)},
	{"arg-from-file", 0, "", "name path", "The same, for what is in a file.", arg(setup.FromFile)},
	{"arg-from-stdin", 0, "", "name", "The same, for standard input.", arg(setup.FromStdin)},
	{"include", 'I', "", "path", "Look for <...> here first: a folder, or NAME=PATH.", func(p *program, args []string) error {
		p.Include = append(p.Include, args[0])
		return nil
	}},
	{"impure", 0, "", "", "Take back --pure-eval.", func(p *program, _ []string) error { return p.set.Set("pure-eval", "false") }},
	{"override-flake", 0, "", "from to", "Accepted; there are no flakes yet.", func(p *program, _ []string) error { return p.set.RequireFeature("flakes") }},
	{"eval-store", 0, "", "url", "Accepted; there is only a store in memory.", checkStore},
	{"repair", 0, "", "", "Accepted; there is only a store in memory.", nothing},
}

var building = []flag{
	{"no-build-output", 'Q', "", "", "Messages are lines of text, as with --log-format raw.", func(p *program, _ []string) error { return p.log.setFormat("raw") }},
	{"keep-failed", 'K', "", "", "Set keep-failed.", enable("keep-failed")},
	{"keep-going", 'k', "", "", "Set keep-going.", enable("keep-going")},
	{"fallback", 0, "", "", "Set fallback.", enable("fallback")},
	{"cores", 0, "", "n", "Set cores.", number("cores")},
	{"max-silent-time", 0, "", "n", "Set max-silent-time.", number("max-silent-time")},
	{"timeout", 0, "", "n", "Set timeout.", number("timeout")},
	{"readonly-mode", 0, "", "", "The same as --dry-run.", on(func(p *program) *bool { return &p.readOnly })},
	{"no-gc-warning", 0, "", "", "Do not warn that there is no --add-root.", func(p *program, _ []string) error {
		p.gcWarning = false
		return nil
	}},
	{"store", 0, "", "url", "Use the store directory of this store, as in local?store=/x.", func(p *program, args []string) error {
		return p.set.Set("store", args[0])
	}},
	{"max-jobs", 'j', "", "n", "Set max-jobs.", func(p *program, args []string) error { return p.set.Set("max-jobs", args[0]) }},
}

var common = []flag{
	{"verbose", 'v', "", "", "Say more; may be given several times.", func(p *program, _ []string) error {
		p.log.level = min(p.log.level+1, vomit)
		return nil
	}},
	{"quiet", 0, "", "", "Say less.", func(p *program, _ []string) error {
		p.log.level = max(p.log.level-1, levelError)
		return nil
	}},
	{"debug", 0, "", "", "Say much.", func(p *program, _ []string) error {
		p.log.level = levelDebug
		return nil
	}},
	{"option", 0, "", "name value", "Change a setting.", func(p *program, args []string) error {
		err := p.set.Option(args[0], args[1])
		if u, ok := err.(*settings.UsageError); ok {
			p.log.warnOf(u)
			return nil
		}
		return err
	}},
	{"log-format", 0, "", "name", "How messages look: raw, internal-json, bar or bar-with-logs.", func(p *program, args []string) error {
		return p.log.setFormat(args[0])
	}},
}

// parse reads the command line.
//
// Quirk: letters behind a minus sign are flags, and what is behind them is an argument,
// as in -j4; so -Ia=b stands for -I -a =b.
func (p *program) parse(args []string) error {
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
			if args, ok, err = p.flag(args); !ok {
				err = usage("unrecognised flag '%s'", a)
			}
		default:
			if _, ok, err = p.operand(args[:1]); !ok {
				err = usage("unexpected argument '%s'", a)
			}
			args = args[1:]
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func usage(format string, args ...any) error {
	return &settings.UsageError{Message: settings.Message{Format: format, Args: args}}
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// flag applies the flag that args begins with, and returns what is behind it; ok says
// that there is such a flag.
func (p *program) flag(args []string) (rest []string, ok bool, err error) {
	f := find(args[0], evaluation, building, common)
	if f == nil {
		f = p.setting(args[0])
	}
	if f == nil {
		return p.operand(args)
	}
	rest = args[1:]
	want := len(strings.Fields(f.args))
	if len(rest) < want {
		return nil, true, usage("flag '%s' requires %d argument(s), but only %d were given", args[0], want, len(rest))
	}
	return rest[want:], true, f.apply(p, rest[:want])
}

// setting returns the flag that changes a setting, or nil.
func (p *program) setting(word string) *flag {
	name, _ := strings.CutPrefix(word, "--")
	s, ok := p.set.Flag(name)
	if !ok || name == word {
		return nil
	}
	f := &flag{name: name, apply: func(_ *program, args []string) error { return s.Apply(strings.Join(args, "")) }}
	if s.Args > 0 {
		f.args = "value"
	}
	return f
}

// operand takes what the program itself knows: its own flags, -, and files. It returns
// what is behind; ok says that it is one of these.
func (p *program) operand(args []string) (rest []string, ok bool, err error) {
	word, rest := args[0], args[1:]
	f := find(word, own)
	switch {
	case f != nil && f.args == "":
		return rest, true, f.apply(p, nil)
	case f != nil && len(rest) == 0:
		return nil, true, usage("'%s' requires an argument", word)
	case f != nil:
		return rest[1:], true, f.apply(p, rest[:1])
	case word == "-":
		p.stdin = true
	case strings.HasPrefix(word, "-"):
		return nil, false, nil
	default:
		p.files = append(p.files, word)
	}
	return rest, true, nil
}

// find returns the flag that a word is, or nil.
func find(word string, tables ...[]flag) *flag {
	for _, table := range tables {
		for i := range table {
			f := &table[i]
			if word == "--"+f.name || f.alias != "" && word == "--"+f.alias || f.short != 0 && word == "-"+string(rune(f.short)) {
				return f
			}
		}
	}
	return nil
}

// nixVersion is the version of Nix whose behaviour this is.
const nixVersion = "2.34.8"

func (p *program) printVersion([]string) error {
	fmt.Fprintf(p.out, "nix-instantiate (Nix) %s\n", nixVersion)
	if p.log.level > levelInfo {
		version := "devel"
		if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
			version = info.Main.Version
		}
		fmt.Fprintf(p.out, "Evaluator: firn %s\nSystem type: %s\nStore directory: %s\n", version, p.set.Text("system"), p.StoreDir(p.set))
	}
	return errDone
}
