package setup

// This file defines where names of flakes are looked up.

import (
	"context"
	"errors"
	"io/fs"
	"path"
	"strings"
	"sync"

	"github.com/firn-lang/firn/builtins/fetch"
	"github.com/firn-lang/firn/builtins/flake/flakeref"
	"github.com/firn-lang/firn/builtins/flake/registry"
	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store/nixhash"
	"github.com/firn-lang/firn/eval/world"
)

// maxRegistry is how long a registry may be, in bytes.
const maxRegistry = 16 << 20

// Registries returns a function for eval.Options.Registries: the registries of the user, of
// the machine, and the global one, which the setting flake-registry names, each read when it
// is needed first. A file that cannot be read is told to warn, and counts as empty.
func Registries(s *Streams, set *settings.Settings, get *fetch.Fetcher, warn func(text string)) func(context.Context, *flakeref.Ref, bool) (*registry.List, error) {
	var mu sync.Mutex
	var list *registry.List
	isGlobal := false // the global one is there, if there is any
	return func(ctx context.Context, ref *flakeref.Ref, limited bool) (*registry.List, error) {
		mu.Lock()
		defer mu.Unlock()
		if list == nil {
			list = &registry.List{
				registry.User:   s.registry(ctx, s.configHome()+"/registry.json", warn),
				registry.System: s.registry(ctx, path.Join(s.confDir(), "registry.json"), warn),
			}
		}
		global := set.Text("flake-registry")
		switch {
		case isGlobal || global == "":
		case path.IsAbs(global):
			list[registry.Global] = s.registry(ctx, global, warn)
			isGlobal = true
		case ref.Type() == "indirect":
			// Only names that no other registry has need it.
			if _, err := list.Lookup(ref, limited, &flakeref.Parser{}); err == nil {
				break
			}
			r, err := download(ctx, s, get, global)
			if err != nil {
				return nil, err
			}
			list[registry.Global] = r
			isGlobal = true
		}
		return list, nil
	}
}

// registry reads the registry in a file; nil if there is none.
func (s *Streams) registry(ctx context.Context, file string, warn func(text string)) *registry.Registry {
	text, err := world.ReadFile(ctx, s.Host, file, maxRegistry)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var r *registry.Registry
	if err == nil {
		r, err = registry.Parse(file, string(text), &flakeref.Parser{})
	}
	if err != nil {
		warn(err.Error())
		return nil
	}
	return r
}

// confDir returns the folder of the machine's settings.
func (s *Streams) confDir() string {
	if dir := s.Getenv("NIX_CONF_DIR"); dir != "" {
		return dir
	}
	return "/etc/nix"
}

// configHome returns the folder of Nix for the user's settings.
func (s *Streams) configHome() string {
	if dir := s.Getenv("NIX_CONFIG_HOME"); dir != "" {
		return dir
	}
	if dir := s.Getenv("XDG_CONFIG_HOME"); dir != "" {
		return path.Join(dir, "nix")
	}
	return strings.TrimSuffix(s.Home, "/") + "/.config/nix"
}

// download returns the registry at a URL. Without the means to fetch it there is none.
func download(ctx context.Context, s *Streams, get *fetch.Fetcher, url string) (*registry.Registry, error) {
	if get == nil {
		return nil, nil
	}
	file, err := get.File(ctx, url, nixhash.Hash{}, &fetch.Env{Host: s.Host})
	if err != nil {
		return nil, err
	}
	text, err := world.ReadFile(ctx, file, "/", maxRegistry)
	if err != nil {
		return nil, err
	}
	return registry.Parse(url, string(text), &flakeref.Parser{})
}
