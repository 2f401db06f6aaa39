package stores

// This file defines how the stores are opened that a reference means.

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/local"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// open opens the store of a reference.
func (o *Opened) open(ctx context.Context, r Reference) (store.Store, error) {
	switch r.Scheme {
	case "auto":
		return o.openAuto(ctx, r)
	case "dummy":
		return store.Dummy(storepath.Dir(o.StoreDir(o.set))), nil
	case "local":
		return o.openLocal(ctx, r)
	}
	return nil, fmt.Errorf("stores with the scheme '%s' are not supported yet", r.Scheme)
}

// openAuto opens the store on the disk; for a user who has none, and could not make one,
// it is one below the folder for data of programs.
func (o *Opened) openAuto(ctx context.Context, r Reference) (store.Store, error) {
	state := o.state()
	_, missing := os.Stat(state)
	if os.IsNotExist(missing) && os.Getuid() > 0 && o.Getenv("NIX_STORE_DIR") == "" && o.Getenv("NIX_STATE_DIR") == "" {
		data := o.Getenv("XDG_DATA_HOME")
		if data == "" {
			data = path.Join(o.Home, ".local/share")
		}
		root := path.Join(data, "nix/root")
		o.warn(fmt.Sprintf("'%s' does not exist, so firn will use '%s' as a chroot store", state, root))
		r.Params["root"] = root
	}
	return o.openLocal(ctx, r)
}

// state returns the folder of the database of the usual store.
func (o *Opened) state() string {
	if dir := o.Getenv("NIX_STATE_DIR"); dir != "" {
		return dir
	}
	return "/nix/var/nix"
}

// openLocal opens a store on the disk. Parameters of the reference come before the
// environment, which does not count for a store that has a root of its own.
func (o *Opened) openLocal(ctx context.Context, r Reference) (store.Store, error) {
	opt := local.Options{
		Dir:      storepath.Dir(o.StoreDir(o.set)),
		Real:     r.Params["real"],
		State:    r.Params["state"],
		LogDir:   r.Params["log"],
		ReadOnly: r.Params["read-only"] == "true" || r.Params["read-only"] == "1",
		Log:      o.log,
	}
	if dir := r.Params["store"]; dir != "" {
		opt.Dir = storepath.Dir(dir)
	}
	if root := r.Params["root"]; root != "" {
		abs, err := filepath.Abs(root)
		if err != nil {
			return nil, err
		}
		opt.Root = abs
	} else {
		if opt.State == "" {
			opt.State = o.Getenv("NIX_STATE_DIR")
		}
		if opt.LogDir == "" {
			opt.LogDir = o.Getenv("NIX_LOG_DIR")
		}
	}
	for _, feature := range o.set.Strings("experimental-features") {
		opt.CADerivations = opt.CADerivations || feature == "ca-derivations"
	}
	opt.AutoOptimise = o.set.Bool("auto-optimise-store")
	s, err := local.Open(ctx, opt)
	if err != nil {
		return nil, err
	}
	o.closes = append(o.closes, s.Close)
	return s, nil
}
