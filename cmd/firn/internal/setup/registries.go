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

// Registries are where a command looks names of flakes up: those of the command line, of the
// user, of the machine, and the global one, which the setting flake-registry names. Each is read
// when it is needed first. A file that cannot be read is told to warn, and counts as empty. It
// may be used by several goroutines at once.
type Registries struct {
	s    *Streams
	set  *settings.Settings
	get  *fetch.Fetcher // of the global one; nil for none
	warn func(text string)

	mu       sync.Mutex
	list     registry.List
	isRead   bool // the files of the user and of the machine
	isGlobal bool // the global one is there, if there is any
}

// NewRegistries returns the registries of a command; flags are the entries of its command line,
// or nil.
func NewRegistries(s *Streams, set *settings.Settings, get *fetch.Fetcher, flags *registry.Registry, warn func(text string)) *Registries {
	return &Registries{s: s, set: set, get: get, warn: warn, list: registry.List{registry.Flag: flags}}
}

// For returns what is needed to look ref up, for eval.Options.Registries.
func (r *Registries) For(ctx context.Context, ref *flakeref.Ref, limited bool) (*registry.List, error) {
	return r.read(ctx, func() bool {
		if ref.Type() != "indirect" {
			return false
		}
		// Only names that no other registry has need a download.
		_, err := r.list.Lookup(ref, limited, &flakeref.Parser{})
		return err != nil
	})
}

// All returns all registries.
func (r *Registries) All(ctx context.Context) (*registry.List, error) {
	return r.read(ctx, func() bool { return true })
}

// read returns the list, with a global registry that is to be downloaded only if wanted says so.
func (r *Registries) read(ctx context.Context, wanted func() bool) (*registry.List, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.isRead {
		r.list[registry.User] = r.s.Registry(ctx, r.s.UserRegistry(), r.warn)
		r.list[registry.System] = r.s.Registry(ctx, path.Join(r.s.confDir(), "registry.json"), r.warn)
		r.isRead = true
	}
	global := r.set.Text("flake-registry")
	switch {
	case r.isGlobal || global == "":
	case path.IsAbs(global):
		r.list[registry.Global] = r.s.Registry(ctx, global, r.warn)
		r.isGlobal = true
	case wanted():
		g, err := download(ctx, r.s, r.get, global)
		if err != nil {
			return nil, err
		}
		r.list[registry.Global] = g
		r.isGlobal = true
	}
	list := r.list // which may change while the caller reads
	return &list, nil
}

// UserRegistry returns the file of the user's registry.
func (s *Streams) UserRegistry() string { return s.configHome() + "/registry.json" }

// Registry reads the registry in a file; nil if there is none.
func (s *Streams) Registry(ctx context.Context, file string, warn func(text string)) *registry.Registry {
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
