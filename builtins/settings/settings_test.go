package settings

// This file defines tests of settings. What is expected is what nix-instantiate of
// Nix 2.34 says.

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// load returns settings in an environment, and the warnings they come with.
func load(env map[string]string) (*Settings, *[]string, error) {
	var warnings []string
	s := New(Source{
		LookupEnv: func(name string) (string, bool) {
			if v, ok := env[name]; ok {
				return v, true
			}
			return "/nonexistent", name == "NIX_CONF_DIR" || name == "NIX_USER_CONF_FILES"
		},
		Home: "/nonexistent",
		Warn: func(text string) { warnings = append(warnings, text) },
	})
	return s, &warnings, s.Load()
}

func TestTable(t *testing.T) {
	byName := func(a, b Setting) int { return strings.Compare(a.Name, b.Name) }
	assert.True(t, slices.IsSortedFunc(settings[:], byName))
	assert.Len(t, settings, 130)
	assert.True(t, slices.IsSortedFunc(aliases[:], func(a, b alias) int { return strings.Compare(a.name, b.name) }))
	for _, a := range aliases {
		assert.NotNil(t, lookup(a.name), a.name)
	}
	flags := 0
	s, _, err := load(nil)
	require.NoError(t, err)
	for _, x := range settings {
		switch {
		case x.Kind == List, x.Kind == Features, x.Kind == Stores:
		case x.Default == "": // depends on the machine, or nothing
		default:
			_, err := x.parse(x.Default)
			assert.NoError(t, err, x.Name)
		}
		for _, form := range []string{"", "no-", "relaxed-", "extra-"} {
			if _, ok := s.Flag(form + x.Name); ok {
				flags++
			}
		}
	}
	assert.Equal(t, 202, flags)
}

func TestConfig(t *testing.T) {
	for _, test := range []struct{ text, warning, err string }{
		{"foo", "", `syntax error in configuration line 'foo' in "NIX_CONFIG"`},
		{"foo bar", "", `syntax error in configuration line 'foo bar' in "NIX_CONFIG"`},
		{"cores=1", "", `syntax error in configuration line 'cores=1' in "NIX_CONFIG"`},
		{"foo = 1\n# x\nboo = 2 # c", "unknown setting 'boo'|unknown setting 'foo'", ""},
		{"cores = x", "", "setting 'cores' has invalid value 'x'"},
		{"cores =", "", "setting 'cores' has invalid value ''"},
		{"pure-eval = maybe", "", "Boolean setting 'pure-eval' has invalid value 'maybe'"},
		{"experimental-features = b flakes a", "unknown experimental feature 'a'|unknown experimental feature 'b'", ""},
		{"use-registries = true", "Ignoring setting 'use-registries' because experimental feature 'flakes' is not enabled", ""},
		{"use-registries = true\nextra-experimental-features = flakes", "", ""},
		{"lint-url-literals = x", "", "option 'lint-url-literals' has invalid value 'x' (expected 'ignore', 'warn', or 'fatal')"},
		{"include x", "", `not an absolute path: "x"`},
		{"!include /nonesuch", "", ""},
		{"include /nonesuch", "", `file "/nonesuch" included from "NIX_CONFIG" not found`},
		{"extra-cores = 1", "unknown setting 'extra-cores'", ""},
		{"sandbox = x", "", "option 'sandbox' has invalid value 'x'"},
		{"sandbox = relaxed\nbuilders = x\nmin-free = 1G\nmax-jobs = auto", "", ""},
		{"max-jobs = x", "", "configuration setting 'max-jobs' should be 'auto' or an integer"},
		{"store = foo", "", "Cannot parse Nix store 'foo'"},
		{"netrc-file = x", "", `not an absolute path: "x"`},
		{"external-builders = 1", "", "parsing setting 'external-builders': it is not a list in JSON"},
		{"build-dir =", "", ""},
		{"netrc-file =", "", "setting 'netrc-file' is a path and paths cannot be empty"},
	} {
		s, warnings, err := load(map[string]string{"NIX_CONFIG": test.text})
		if err == nil {
			err = s.Finish()
		}
		if test.err != "" {
			assert.EqualError(t, err, test.err, test.text)
			continue
		}
		assert.NoError(t, err, test.text)
		assert.Equal(t, test.warning, strings.Join(*warnings, "|"), test.text)
	}
}

func TestFlags(t *testing.T) {
	for _, test := range []struct{ flags, name, want, warning, err string }{
		{"--fallback", "fallback", "true", "", ""},
		{"--no-fallback", "fallback", "false", "", ""},
		{"--build-fallback", "fallback", "false", "", ""}, // a quirk, and the next ones
		{"--build-use-sandbox", "sandbox", "relaxed", "", ""},
		{"--binary-caches https://a/", "substituters", "https://cache.nixos.org/ https://a/", "", ""},
		{"--cores +3", "cores", "3", "", ""},
		{"--cores 4194304K", "cores", "0", "", ""},
		{"--cores 0x3", "", "", "", "setting 'cores' has invalid value '0x3'"},
		{"--cores 4294967296", "", "", "", "setting 'cores' has invalid value '4294967296'"},
		{"--max-call-depth -1", "", "", "", "setting 'max-call-depth' has invalid value '-1'"},
		{"--min-free 1T", "min-free", "1099511627776", "effect of: min-free", ""},
		{"--min-free 1Q", "", "", "", "setting 'min-free' has invalid value '1Q'"},
		{"--timeout -5", "timeout", "-5", "", ""},
		{"--extra-nix-path b=c", "nix-path", "a b=c", "", ""},
		{"--use-registries", "", "", "", "experimental Nix feature 'flakes' is disabled; add '--extra-experimental-features flakes' to enable it"},
		{"--warn-short-path-literals", "lint-short-path-literals", "warn", "'warn-short-path-literals' is deprecated, use 'lint-short-path-literals = warn' instead", ""},
		{"--lint-short-path-literals fatal --warn-short-path-literals", "lint-short-path-literals", "fatal", "deprecated", ""},
		{"--relaxed-cores", "", "", "", "no flag"},
		{"--extra-cores 3", "", "", "", "no flag"},
		{"--no-cores", "", "", "", "no flag"},
	} {
		s, warnings, err := load(map[string]string{"NIX_PATH": "a"})
		require.NoError(t, err)
		args := strings.Fields(test.flags)
		for len(args) > 0 && err == nil {
			f, ok := s.Flag(args[0][2:])
			if !ok {
				err = usage("no flag")
				break
			}
			arg := ""
			if f.Args == 1 {
				arg, args = args[1], args[1:]
			}
			args = args[1:]
			err = f.Apply(arg)
		}
		if err == nil {
			err = s.Finish()
		}
		if test.err != "" {
			assert.EqualError(t, err, test.err, test.flags)
			continue
		}
		require.NoError(t, err, test.flags)
		got := s.Text(test.name)
		if must(test.name).Kind.appendable() {
			got = strings.Join(s.Strings(test.name), " ")
		}
		assert.Equal(t, test.want, got, test.flags)
		assert.Contains(t, strings.Join(*warnings, "|"), test.warning, test.flags)
		if test.warning == "" {
			assert.Empty(t, *warnings, test.flags)
		}
	}
}

func TestFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o777))
		require.NoError(t, os.WriteFile(file, []byte(text), 0o666))
		return file
	}
	write("system/nix.conf", "include part.conf\n!include none.conf\nmax-call-depth = 1\nbuilders = b\nnix-path = system\n")
	write("system/part.conf", "log-lines = 7\n")
	write("home/nix/nix.conf", "max-call-depth = 2\nextra-nix-path = user\n")
	write("dirs/nix/nix.conf", "max-call-depth = 3\ntimeout = 4\n")
	env := map[string]string{
		"NIX_CONF_DIR": filepath.Join(dir, "system"), "XDG_CONFIG_HOME": filepath.Join(dir, "home"),
		"XDG_CONFIG_DIRS": filepath.Join(dir, "dirs"), "AppData": filepath.Join(dir, "home"),
	}
	lookup := func(name string) (string, bool) { v, ok := env[name]; return v, ok }
	var warnings []string
	read := func() *Settings {
		s := New(Source{LookupEnv: lookup, Home: dir, Warn: func(text string) { warnings = append(warnings, text) }})
		require.NoError(t, s.Load())
		require.NoError(t, s.Finish())
		return s
	}
	s := read()
	assert.Equal(t, 2, s.Int("max-call-depth"))
	assert.Equal(t, 7, s.Int("log-lines"))
	assert.Equal(t, 4, s.Int("timeout"))
	assert.Equal(t, "b", s.Text("builders"))
	assert.Equal(t, []string{"system", "user"}, s.Strings("nix-path"))

	env["NIX_CONFIG"] = "max-call-depth = 5\nnix-path = config"
	env["NIX_USER_CONF_FILES"] = filepath.Join(dir, "dirs", "nix", "nix.conf")
	s = read()
	assert.Equal(t, 5, s.Int("max-call-depth"))
	assert.Equal(t, []string{"config"}, s.Strings("nix-path"))

	env["NIX_PATH"] = "a=https://b/c:d:e=f"
	assert.Equal(t, []string{"a=https://b/c", "d", "e=f"}, read().Strings("nix-path"))
	assert.Empty(t, warnings)

	file := write("system/part.conf", "include nix.conf\n")
	s = New(Source{LookupEnv: lookup, Home: dir})
	assert.ErrorContains(t, s.Load(), "includes itself", file)
}
