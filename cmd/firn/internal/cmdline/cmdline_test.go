package cmdline

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// program is a program with all that tags can say.
type program struct {
	Color  string `enum:"auto,never" default:"auto" placeholder:"WHEN" help:"Colours."`
	Secret bool   `hidden:""`

	Get   get    `cmd:"" help:"Get things."`
	Key   group  `cmd:"" help:"Keys."`
	Raw   raw    `cmd:"" passthrough:"" help:"Take all."`
	Magic hidden `cmd:"" hidden:""`
}

type hidden struct{}

type common struct {
	Option []string `sep:"none" placeholder:"NAME=VALUE" help:"Change a setting."`
	Words  []string `sep:" " placeholder:"WORD" help:"Words."`
	Sizes  []int    `help:"Sizes."`
}

type get struct {
	common
	JSONLines bool     `xor:"form" short:"j" help:"Lines."`
	XML       bool     `xor:"form" help:"XML."`
	ShowTrace bool     `negatable:"" help:"Show more."`
	MaxTime   number   `aliases:"time" help:"Seconds."`
	Stats     form     `placeholder:"FORM" help:"Print costs."`
	From      string   `arg:"" help:"Where from: a, b or, for those who have the patience to read on, the rest of the alphabet."`
	Files     []string `arg:"" optional:"" name:"file" help:"Files."`
}

func (*get) Validate() error { return nil }
func (get) Help() string     { return "Examples:\n    get a   the first" }

func (g *get) Run(out *strings.Builder, made []int) error {
	_, err := fmt.Fprint(out, g.From, g.Files, made)
	return err
}

type group struct {
	Commands struct {
		Make struct {
			KeyName string `required:"" placeholder:"NAME" help:"The name."`
		} `cmd:"" help:"Make a key."`
	} `embed:""`
}

type raw struct {
	Args []string `arg:"" optional:""`
}

func (raw) Validate() error { return errors.New("raw is not good enough") }

type number int

func (n *number) UnmarshalText(text []byte) error {
	if _, err := fmt.Sscan(string(text), n); err != nil {
		return errors.New("no number")
	}
	return nil
}

type form string

func (f *form) SetFlag(text string, given bool) error {
	*f = form(fmt.Sprint(text, given))
	return nil
}

func parse(t *testing.T, args string) (*program, *Line, error) {
	t.Helper()
	var p program
	app, err := New(&p, Options{Name: "prog", Description: "A program.", Help: "Help."})
	require.NoError(t, err)
	l, err := app.Parse(strings.Fields(args))
	if err == nil && !l.Help {
		err = l.Check()
	}
	return &p, l, err
}

func TestParse(t *testing.T) {
	for _, tt := range []struct {
		args string
		want func(*program)
	}{
		{"get a", func(p *program) { p.Get.From = "a" }},
		{"get a b c", func(p *program) { p.Get.From, p.Get.Files = "a", []string{"b", "c"} }},
		{"get -- --color -x", func(p *program) { p.Get.From, p.Get.Files = "--color", []string{"-x"} }},
		{"get a get", func(p *program) { p.Get.From, p.Get.Files = "a", []string{"get"} }},
		{"--color=never get -", func(p *program) { p.Color, p.Get.From = "never", "-" }},
		{"get --color=never a -j", func(p *program) { p.Color, p.Get.From, p.Get.JSONLines = "never", "a", true }},
		{"get --show-trace --no-show-trace a", func(p *program) { p.Get.From = "a" }},
		{"get --time=3 a", func(p *program) { p.Get.From, p.Get.MaxTime = "a", 3 }},
		{"get --stats a", func(p *program) { p.Get.From, p.Get.Stats = "a", "false" }},
		{"get --stats=x a", func(p *program) { p.Get.From, p.Get.Stats = "a", "xtrue" }},
		{"get --option=a=b,c --option=d --words=x --sizes=1,2 --sizes=3 a", func(p *program) {
			p.Get.From = "a"
			p.Get.common = common{[]string{"a=b,c", "d"}, []string{"x"}, []int{1, 2, 3}}
		}},
		{"key make --key-name=k", func(p *program) { p.Key.Commands.Make.KeyName = "k" }},
	} {
		want := program{Color: "auto"}
		tt.want(&want)
		got, _, err := parse(t, tt.args)
		require.NoError(t, err, tt.args)
		assert.Equal(t, &want, got, tt.args)
	}
	for args, want := range map[string]string{
		"":                       "a command is missing: one of get, key, raw",
		"key":                    "a command is missing: one of make",
		"key make":               "a flag is missing: --key-name=NAME",
		"get":                    "an argument is missing: from",
		"get a -x":               "there is no flag -x",
		"get --key-name=x":       "there is no flag --key-name",
		"get --no-xml a":         "there is no flag --no-xml",
		"get --max-time a":       "--max-time needs a value: --max-time=MAX-TIME",
		"get --max-time=x a":     "--max-time: no number",
		"get --sizes=1,x a":      "--sizes: 'x' is no such value",
		"get --xml=maybe a":      "--xml: 'maybe' is no such value",
		"get -j --xml a":         "--json-lines and --xml cannot be used together",
		"--color=red get a":      `--color is one of "auto", "never", not red`,
		"key make --key-name= x": "one argument too many: x",
		"raw --color --help":     "raw is not good enough",
	} {
		_, l, err := parse(t, args)
		assert.EqualError(t, err, want, args)
		var e *Error
		require.ErrorAs(t, err, &e, args)
		assert.Same(t, l.Node, e.Node, args)
	}
}

func TestRun(t *testing.T) {
	_, l, err := parse(t, "get a b")
	require.NoError(t, err)
	var out strings.Builder
	made := func() ([]int, error) { return []int{7}, nil }
	require.NoError(t, l.Run(&out, made))
	assert.Equal(t, "a[b] [7]", out.String())
	fails := func() ([]int, error) { return nil, errors.New("cannot be made") }
	assert.EqualError(t, l.Run(&out, fails), "cannot be made")
	assert.EqualError(t, l.Run(&out), "no []int for the command")
	_, l, err = parse(t, "key make --key-name=x")
	require.NoError(t, err)
	assert.EqualError(t, l.Run(), "the command key make cannot be run")
}

func TestHelp(t *testing.T) {
	for args, want := range map[string]string{
		"--help": `Usage: prog <command> [flags]

A program.

Flags:
  -h, --help          Help.
      --color=WHEN    Colours.

Commands:
  get         Get things.
  key make    Make a key.
  raw         Take all.

Run "prog <command> --help" for more information on a command.
`,
		"key -h": `Usage: prog key <command> [flags]

Keys.

Flags:
  -h, --help          Help.
      --color=WHEN    Colours.

Commands:
  key make    Make a key.
`,
		"get --help": `Usage: prog get <from> [<file> ...] [flags]

Get things.

Examples:

    get a   the first

Arguments:
  <from>          Where from: a, b or, for those
                  who have the patience to read on,
                  the rest of the alphabet.
  [<file> ...]    Files.

Flags:
  -h, --help                 Help.
      --color=WHEN           Colours.

      --option=NAME=VALUE    Change a setting.
      --words=WORD ...       Words.
      --sizes=SIZES,...      Sizes.
  -j, --json-lines           Lines.
      --xml                  XML.
      --[no-]show-trace      Show more.
      --max-time=MAX-TIME    Seconds.
      --stats                Print costs.
`,
	} {
		_, l, err := parse(t, args)
		require.NoError(t, err, args)
		require.True(t, l.Help, args)
		var out strings.Builder
		require.NoError(t, l.WriteHelp(&out, 54))
		assert.Equal(t, want, out.String(), args)
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{"JSON": "json", "JSONLines": "json-lines", "MaxCallDepth": "max-call-depth", "ArgFromJSON": "arg-from-json"} {
		assert.Equal(t, want, dashed(name))
	}
	_, err := New(&struct{ Ch chan int }{}, Options{})
	assert.EqualError(t, err, "the field Ch has a type that no word can be: chan int")
	_, err = New(struct{}{}, Options{})
	assert.EqualError(t, err, "struct {} is no pointer to a struct")
}
