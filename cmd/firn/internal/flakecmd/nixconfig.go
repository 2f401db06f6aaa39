package flakecmd

// This file defines what becomes of the nixConfig of a flake: settings that the flake asks for,
// which are ignored unless the user trusts them.

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/flake/manifest"
	"github.com/firn-lang/firn/builtins/text/jsontext"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
	"github.com/firn-lang/firn/cmd/firn/internal/storecmd"
	"github.com/firn-lang/firn/cmd/firn/internal/terminal"
	"github.com/firn-lang/firn/eval"
	"github.com/firn-lang/firn/eval/ansi"
)

// harmless are the settings that need no trust.
var harmless = []string{"bash-prompt", "bash-prompt-prefix", "bash-prompt-suffix", "flake-registry", "commit-lock-file-summary", "commit-lockfile-summary"}

// ofEvaluators are the settings for which an evaluator has to be made again.
var ofEvaluators = []string{
	"abort-on-warn", "allow-import-from-derivation", "allow-unsafe-native-code-during-evaluation", "allowed-uris", "experimental-features",
	"lint-absolute-path-literals", "lint-short-path-literals", "lint-url-literals", "max-call-depth", "nix-path", "pure-eval", "restrict-eval", "trace-import-from-derivation", "trace-verbose",
}

// trusted has what the user said of values of settings: the name, the value, and whether it is
// to be applied.
type trusted map[string]map[string]bool

// trustedFile returns the file with what the user said.
func (s *session) trustedFile() string {
	dir := s.Getenv("XDG_DATA_HOME")
	if dir == "" {
		dir = path.Join(s.Home, ".local/share")
	}
	return filepath.FromSlash(path.Join(dir, "nix", "trusted-settings.json"))
}

// parse adds what the text of a file says.
func (t trusted) parse(text string) error {
	doc, err := jsontext.Parse(text, nil)
	if err != nil {
		return fmt.Errorf("it is no JSON: %w", err)
	}
	names, ok := doc.(map[string]any)
	for name, x := range names {
		values, isObject := x.(map[string]any)
		ok = ok && isObject
		t[name] = map[string]bool{}
		for value, x := range values {
			yes, isBool := x.(bool)
			ok = ok && isBool
			t[name][value] = yes
		}
	}
	if !ok {
		return errors.New("it is no object of objects of true and false")
	}
	return nil
}

// readTrusted reads what the user said.
func (s *session) readTrusted() (trusted, error) {
	text, err := os.ReadFile(s.trustedFile())
	if errors.Is(err, fs.ErrNotExist) {
		return trusted{}, nil
	}
	t := trusted{}
	if err == nil {
		err = t.parse(string(text))
	} else {
		err = dropin.FileError(err)
	}
	if err != nil {
		err = dropin.Failure("cannot read the settings that you trust in '%s': %s", s.trustedFile(), err)
	}
	return t, err
}

// applyConfig changes settings as a flake asks for, as far as they are trusted. again reports
// that the evaluator has to be made again.
func (s *session) applyConfig(ctx context.Context, flake *eval.Flake) (again bool, err error) {
	list := slices.Clone(flake.Settings)
	slices.SortFunc(list, func(a, b manifest.Setting) int { return strings.Compare(a.Name, b.Name) })
	for _, setting := range list {
		name := strings.TrimPrefix(setting.Name, "extra-")
		if _, isPath := setting.Value.(manifest.Path); isPath {
			if err := flake.Settle(ctx); err != nil {
				return again, err
			}
		}
		text, err := s.configText(flake, setting.Value)
		if err != nil {
			return again, err
		}
		if !slices.Contains(harmless, name) && !s.Set.Bool("accept-flake-config") {
			ok, err := s.trusts(setting.Name, text)
			if err != nil {
				return again, err
			}
			if !ok {
				s.Log.Warn(fmt.Sprintf("ignoring untrusted flake configuration setting '%s'.\nPass '--accept-flake-config' to trust it", setting.Name))
				continue
			}
		}
		if err := s.Set.Option(setting.Name, text); err != nil {
			return again, err
		}
		again = again || slices.Contains(ofEvaluators, name)
	}
	return again, nil
}

// configText returns the value of a setting as files of settings have it. A file of the flake is
// copied to the store by itself, so that its path stays the same while other files change.
func (s *session) configText(flake *eval.Flake, v any) (string, error) {
	switch v := v.(type) {
	case manifest.Path:
		ctx := context.Background()
		var text string
		err := s.ev.Run(ctx, func(ctx context.Context) error {
			copied, err := s.copied(ctx, path.Join(flake.StorePath, flake.Dir, string(v)))
			if err != nil {
				return err
			}
			text, _ = copied.Text()
			text = strings.Clone(text)
			return s.save(ctx, text)
		})
		return text, err
	case []string:
		return strings.Join(v, " "), nil
	}
	return fmt.Sprint(v), nil
}

// trusts reports whether the user trusts the value of a setting. At a terminal the user is
// asked, if that did not happen before.
func (s *session) trusts(name, value string) (bool, error) {
	list, err := s.readTrusted()
	if err != nil {
		return false, err
	}
	if ok, known := list[name][value]; known {
		s.Log.Say(dropin.Info, fmt.Sprintf("Using saved setting for '%s = %s' from ~/.local/share/nix/trusted-settings.json.", name, value))
		return ok, nil
	}
	if !terminal.Of(s.In, s.Getenv).Is || !terminal.Of(s.Err, s.Getenv).Is {
		return false, nil
	}
	in := bufio.NewReader(s.In)
	ask := func(format string, args ...any) bool {
		fmt.Fprintf(s.Err, format, args...)
		line, _ := in.ReadString('\n') // at the end of input the answer is no
		return strings.HasPrefix(strings.ToLower(strings.TrimSpace(line)), "y")
	}
	ok := ask("do you want to allow configuration setting '%s' to be set to '%s' (y/N)? ", ansi.Plain(name), ansi.Plain(value))
	word := map[bool]string{true: "trusted", false: "untrusted"}[ok]
	if !ask("do you want to permanently mark this value as %s (y/N)? ", word) {
		return ok, nil
	}
	if list[name] == nil {
		list[name] = map[string]bool{}
	}
	list[name][value] = ok
	text, err := json.Marshal(list)
	if err != nil {
		return ok, err
	}
	if err := os.MkdirAll(filepath.Dir(s.trustedFile()), 0o777); err != nil {
		return ok, storecmd.FileError(err)
	}
	return ok, writeWhole(filepath.ToSlash(s.trustedFile()), string(text))
}
