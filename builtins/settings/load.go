package settings

// This file defines how settings are read from files and from the environment.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// Load reads the settings of the machine and of the user, and those of the environment.
func (s *Settings) Load() error {
	if v, _ := s.LookupEnv("NIX_ABORT_ON_WARN"); v == "1" || v == "yes" || v == "true" {
		s.SetDefault("abort-on-warn", "true")
	}
	if v, ok := s.LookupEnv("NIX_REMOTE"); ok {
		if err := CheckStore(v); err != nil {
			return err
		}
		s.SetDefault("store", v)
	}
	if err := s.loadFile(filepath.Join(s.systemDir(), "nix.conf")); err != nil {
		return err
	}
	for name, v := range s.values {
		v.user = false
		s.values[name] = v
	}
	files := s.userFiles()
	slices.Reverse(files) // the first one counts most
	for _, file := range files {
		if err := s.loadFile(file); err != nil {
			return err
		}
	}
	if text, ok := s.LookupEnv("NIX_CONFIG"); ok {
		if err := s.apply(text, "NIX_CONFIG"); err != nil {
			return err
		}
	}
	if env, ok := s.LookupEnv("NIX_PATH"); ok {
		s.values["nix-path"] = value{list: words(strings.Join(SplitSearchPath(env), " ")), user: true}
	}
	return nil
}

// systemDir returns the folder of the machine's nix.conf.
func (s *Settings) systemDir() string {
	if dir := s.env("NIX_CONF_DIR"); dir != "" {
		return dir
	}
	if runtime.GOOS == "windows" {
		return filepath.Join(s.env("ProgramData"), "nix")
	}
	return "/etc/nix"
}

// userFiles returns where the user's settings are, what counts most first.
func (s *Settings) userFiles() []string {
	if list, ok := s.LookupEnv("NIX_USER_CONF_FILES"); ok {
		return filepath.SplitList(list)
	}
	dir, ok := s.LookupEnv("NIX_CONFIG_HOME")
	switch {
	case ok:
	case runtime.GOOS == "windows":
		dir = filepath.Join(s.env("AppData"), "nix", "config")
	default:
		if dir, ok = s.LookupEnv("XDG_CONFIG_HOME"); !ok {
			dir = filepath.Join(s.Home, ".config")
		}
		dir = filepath.Join(dir, "nix")
	}
	files := []string{filepath.Join(dir, "nix.conf")}
	if runtime.GOOS == "windows" {
		return files
	}
	dirs, ok := s.LookupEnv("XDG_CONFIG_DIRS")
	if !ok {
		dirs = "/etc/xdg"
	}
	for _, dir := range strings.Split(dirs, ":") {
		if dir != "" {
			files = append(files, filepath.Join(dir, "nix", "nix.conf"))
		}
	}
	return files
}

func (s *Settings) env(name string) string {
	v, _ := s.LookupEnv(name)
	return v
}

func (s *Settings) loadFile(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil // as in the reference, whatever the reason
	}
	return s.apply(string(text), file)
}

// apply changes settings as a text in the form of nix.conf says.
func (s *Settings) apply(text, file string) error {
	lines, err := readLines(nil, text, file, 0)
	if err != nil {
		return err
	}
	isFeature := func(name string) bool { return strings.TrimPrefix(name, "extra-") == "experimental-features" }
	for _, l := range lines { // first, since other settings depend on them
		if isFeature(l.name) {
			if err := s.Set(l.name, l.value); err != nil {
				return err
			}
		}
	}
	_, hasPath := s.LookupEnv("NIX_PATH")
	for _, l := range lines {
		if isFeature(l.name) || hasPath && strings.TrimPrefix(l.name, "extra-") == "nix-path" {
			continue
		}
		if err := s.Set(l.name, l.value); err != nil {
			return err
		}
	}
	return nil
}

type line struct{ name, value string }

// maxIncludes is how many files may include one another: it ends what goes round.
const maxIncludes = 100

// readLines appends the lines NAME = VALUE of a text, and of files that it includes.
func readLines(lines []line, text, file string, depth int) ([]line, error) {
	if depth > maxIncludes {
		return nil, errorf("file \"%s\" includes itself", file)
	}
	for full := range strings.SplitSeq(text, "\n") {
		full, _, _ = strings.Cut(full, "#")
		w := words(full)
		switch {
		case len(w) == 0:
			continue
		case len(w) == 2 && (w[0] == "include" || w[0] == "!include"):
			p := w[1]
			if !filepath.IsAbs(p) {
				if p = filepath.Join(filepath.Dir(file), p); !filepath.IsAbs(p) {
					return nil, errorf("not an absolute path: \"%s\"", w[1])
				}
			}
			included, err := os.ReadFile(p)
			switch {
			case err == nil:
				if lines, err = readLines(lines, string(included), p, depth+1); err != nil {
					return nil, err
				}
			case errors.Is(err, fs.ErrNotExist) && w[0] == "include":
				return nil, errorf("file \"%s\" included from \"%s\" not found", p, file)
			}
		case len(w) < 2 || w[1] != "=":
			return nil, usage("syntax error in configuration line '%s' in \"%s\"", full, file)
		default:
			lines = append(lines, line{w[0], strings.Join(w[2:], " ")})
		}
	}
	return lines, nil
}

// Finish ends the reading: it warns of settings that there are not, and of those
// that the command line changes to no effect. nix.conf and NIX_CONFIG are shared
// with other programs, to which theirs may matter.
func (s *Settings) Finish() error {
	for _, name := range sortedKeys(s.unknown) {
		s.Warn(fmt.Sprintf("unknown setting '%s'", name))
	}
	for _, name := range features {
		if s.needed[name] {
			if err := s.RequireFeature(name); err != nil {
				return err
			}
		}
	}
	if names := sortedKeys(s.unused); len(names) > 0 {
		s.Warn(fmt.Sprintf("in firn, there is no effect of: %s", strings.Join(names, ", ")))
	}
	return nil
}

func sortedKeys(set map[string]bool) []string {
	var out []string
	for k := range set {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// NetRC returns the path of the file with passwords for servers: that of the setting, or
// netrc beside nix.conf.
func (s *Settings) NetRC() string {
	if file := s.Text("netrc-file"); file != "" {
		return file
	}
	return s.systemDir() + "/netrc"
}

// IsPseudoURL reports whether text is a URL, or channel:NAME, where the command
// line and the search path expect a path.
func IsPseudoURL(text string) bool {
	if strings.HasPrefix(text, "channel:") {
		return true
	}
	scheme, _, ok := strings.Cut(text, "://")
	return ok && slices.Contains([]string{"http", "https", "file", "channel", "git", "s3", "ssh"}, scheme)
}

// SplitSearchPath splits NIX_PATH at its colons, but not in URLs.
func SplitSearchPath(env string) []string {
	var out []string
	for env != "" {
		end := strings.IndexByte(env, ':')
		if end < 0 {
			return append(out, env)
		}
		target := env[strings.LastIndexByte(env[:end], '=')+1:]
		if IsPseudoURL(target) || strings.HasPrefix(target, "flake:") {
			rest := strings.IndexByte(env[end+1:], ':')
			if rest < 0 {
				return append(out, env)
			}
			end += 1 + rest
		}
		out = append(out, env[:end])
		env = env[end+1:]
	}
	return out
}
