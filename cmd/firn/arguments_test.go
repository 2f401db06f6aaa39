package main

import (
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestArrange(t *testing.T) {
	app, err := kong.New(&cli{}, kong.Name("firn"))
	require.NoError(t, err)
	for _, tt := range []struct{ args, want string }{
		{"eval a.nix --strict b.nix", "eval --strict -- a.nix b.nix"},
		{"eval a.nix -- b.nix --json", "eval -- a.nix b.nix --json"},
		{"eval - --json", "eval --json -- -"},
		{"--color never eval a -k", "eval --color=never --keep-going -- a"},
		{"eval -E -1 -A a.b", "eval --expr=-1 --attr=a.b"},
		{"eval -kE 1", "eval --keep-going --expr=1"},
		{"eval -Ifoo=bar -I=x -E1", "eval --include=foo=bar --include=x --expr=1"},
		{"eval --arg n 1 --arg m=2 x --argstr s a=b", "eval --arg=n=1 --arg=m=2 --argstr=s=a=b -- x"},
		{"eval --stats --stats=json --no-show-trace x", "eval --stats --stats=json --no-show-trace -- x"},
		{"eval --system x -E 1", "eval --setting=system=x --expr=1"},
		{"eval --eval-system=x a.nix", "eval --setting=eval-system=x -- a.nix"},
		{"eval --no-pure-eval --restrict-eval -E 1", "eval --setting=no-pure-eval --setting=restrict-eval --expr=1"},
		{"eval --max-call-depth 3 --show-trace --keep-going", "eval --max-call-depth=3 --show-trace --keep-going"},
		{"eval -- --system y", "eval -- --system y"},
		{"instantiate --eval -E 1", "instantiate --eval -E 1"},
		{"__complete bash eval --js", "__complete bash eval --js"},
		{"help eval", "eval --help"},
		{"help hash", "hash --help"},
		{"--version store", "store --version"},
		{"help", "--help"},
		{"help help", "help --help"},
	} {
		got, err := arrange(app.Model.Node, strings.Fields(tt.args))
		require.NoError(t, err, tt.args)
		assert.Equal(t, tt.want, strings.Join(got, " "), tt.args)
	}
	for args, want := range map[string]string{
		"eval --jsn":          "there is no flag --jsn; did you mean --json?",
		"eval -Z":             "there is no flag -Z",
		"eval --depth":        "--depth needs a value: --depth N",
		"eval -E":             "-E needs a value: -E EXPR",
		"eval --arg":          "--arg needs a value: --arg NAME=EXPR",
		"eval --arg n":        "--arg needs a name and a value: --arg NAME EXPR",
		"eval --json=yes":     "--json takes no value",
		"eval --system":       "--system needs a value",
		"repl --system x":     "there is no flag --system",
		"eval --nonesuch x y": "there is no flag --nonesuch",
		"evil":                "there is no command evil; did you mean eval?",
		"help foo":            "there is no command foo",
		"--nonesuch":          "there is no flag --nonesuch",
		"hash":                "a command of firn hash is missing: path, file and convert",
		"hash fil x":          "there is no command fil of firn hash; did you mean file?",
		"key x":               "there is no command x of firn key; there are generate-secret and convert-secret-to-public",
		"hash file":           "an argument is missing: <paths>",
		"derivation diff":     "arguments are missing: <old> <new>",
		"derivation diff a":   "an argument is missing: <new>",
		"compat a b":          "one argument too many: b",
		"daemon x":            "firn daemon takes no arguments, but there is x",
	} {
		_, err := arrange(app.Model.Node, strings.Fields(args))
		assert.EqualError(t, err, want, args)
	}
	_, err = arrange(app.Model.Node, []string{"--color", "never"})
	assert.ErrorContains(t, err, "a command is missing: eval, parse, ")
}
