// Package serve speaks the serve protocol of nix-store --serve, on both sides. It
// is what stores of the form ssh://HOST are reached with.
//
//	Store   a store.Store at the other side
//	Serve   gives any store.Store to such a client
//
// The protocol has no errors: a server that cannot do what it is asked closes the
// connection. It lists no paths and knows no referrers.
package serve

// This file defines the server.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/wire"
)

// messageLimit is how much memory a message may take, in bytes.
const (
	serverLimit = 64 << 20
	clientLimit = 1 << 30
)

// Options say what a client can have.
type Options struct {
	Write bool // it may add objects
	// Substituter has what the client needs and the store has not, if it may write; nil: it
	// has to do without.
	Substituter store.Substituter
	// Log, if not nil, is told of what is fetched.
	Log func(text string)
}

// Serve serves a store to one client, until it leaves, ctx is done, or it asks for
// what it cannot have, and closes conn.
func Serve(ctx context.Context, conn io.ReadWriteCloser, s store.Store, o Options) error {
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	defer conn.Close()
	v := &server{r: wire.NewReader(conn, s.Dir(), serverLimit), w: wire.NewWriter(conn), store: s, Options: o}
	if _, err := wire.Server(v.r, v.w); err != nil {
		return err
	}
	for {
		if err := v.w.Flush(); err != nil {
			return err
		}
		if v.r.AtEnd() {
			return v.r.Err()
		}
		v.r.Begin()
		err := v.command(ctx, wire.Command(v.r.Uint64()))
		if v.r.Err() != nil {
			return v.r.Err()
		}
		if err != nil {
			return errors.Join(err, v.w.Flush())
		}
	}
}

// A server is a connection, as the server sees it.
type server struct {
	r     *wire.Reader
	w     *wire.Writer
	store store.Store
	Options
}

// command serves one command.
func (v *server) command(ctx context.Context, c wire.Command) error {
	switch c {
	case wire.ServeQueryValidPaths:
		return v.validPaths(ctx)
	case wire.ServeQueryPathInfos:
		return v.pathInfos(ctx)
	case wire.ServeDumpStorePath:
		path := v.r.Path()
		if v.r.Err() != nil {
			return v.r.Err()
		}
		return v.store.WriteNAR(ctx, path, v.w.Raw())
	case wire.ServeQueryClosure:
		return v.closure(ctx)
	case wire.ServeAddToStoreNar:
		if !v.Write {
			return errors.New("importing paths is not allowed")
		}
		return v.add(ctx)
	case wire.ServeBuildPaths:
		if !v.Write {
			return errors.New("building paths is not allowed")
		}
		return v.build(ctx)
	}
	return fmt.Errorf("unknown serve command %d", c)
}

// validPaths answers which paths are valid, and keeps them if it is asked to.
func (v *server) validPaths(ctx context.Context) error {
	lock, fetch, paths := v.r.Bool(), v.r.Bool(), v.r.Paths()
	if v.r.Err() != nil {
		return v.r.Err()
	}
	if fetch && v.Write {
		if err := v.fetch(ctx, paths); err != nil {
			v.log("warning: " + err.Error()) // what is not valid then, is not valid
		}
	}
	var valid []string
	for _, path := range paths {
		if lock && v.Write {
			if err := v.store.AddTempRoot(ctx, path); err != nil {
				return err
			}
		}
		ok, err := v.store.IsValid(ctx, path)
		if err != nil {
			return err
		}
		if ok {
			valid = append(valid, path)
		}
	}
	slices.Sort(valid)
	v.w.Strings(valid)
	return nil
}

// pathInfos answers with the path infos of those paths that are valid.
func (v *server) pathInfos(ctx context.Context) error {
	paths := v.r.Paths()
	if v.r.Err() != nil {
		return v.r.Err()
	}
	for _, path := range paths {
		info, err := v.store.Info(ctx, path)
		if errors.Is(err, store.ErrInvalid) {
			continue
		}
		if err != nil {
			return err
		}
		v.w.String(path)
		v.w.ServeInfo(info)
	}
	v.w.String("")
	return nil
}

// closure answers with the paths and all that they refer to.
func (v *server) closure(ctx context.Context) error {
	_, paths := v.r.Bool(), v.r.Paths()
	if v.r.Err() != nil {
		return v.r.Err()
	}
	var all []string
	for _, path := range paths {
		list, err := store.Closure(ctx, nil, v.store, path)
		if err != nil {
			return err
		}
		all = append(all, list...)
	}
	slices.Sort(all)
	v.w.Strings(slices.Compact(all))
	return nil
}

// add adds an object whose archive follows its path info. As in the reference,
// who may use ssh to write is trusted.
func (v *server) add(ctx context.Context) error {
	info := v.r.Info(v.r.Path())
	if info == nil {
		return v.r.Err()
	}
	if v.r.CheckSize(info); v.r.Err() != nil {
		return v.r.Err()
	}
	archive := io.LimitReader(v.r.Raw(), info.NARSize)
	if err := v.store.AddNAR(ctx, info, archive); err != nil {
		return err
	}
	if _, err := io.Copy(io.Discard, archive); err != nil {
		return err
	}
	v.w.Uint64(1)
	return nil
}

// log tells what is done.
func (v *server) log(text string) {
	if v.Log != nil {
		v.Log(text)
	}
}

// fetch fetches those of paths that are not valid and can be had.
func (v *server) fetch(ctx context.Context, paths []string) error {
	return store.FetchMissing(ctx, v.store, v.Substituter, paths, store.Copying{
		Path: func(path, from string) { v.log("copying path '" + path + "' from '" + from + "'...") },
	})
}

// build makes targets valid, and answers whether all are. Paths need no builder.
func (v *server) build(ctx context.Context) error {
	targets := v.r.Strings()
	_ = v.r.BuildOptions()
	if v.r.Err() != nil {
		return v.r.Err()
	}
	err := v.fetch(ctx, targets)
	for _, target := range targets {
		if err != nil {
			break
		}
		var valid bool
		if valid, err = v.store.IsValid(ctx, target); err == nil && !valid {
			err = fmt.Errorf("'%s' cannot be built: this store has no builder", target)
		}
	}
	if err != nil {
		v.w.Uint64(1)
		v.w.String(err.Error())
		return nil
	}
	v.w.Uint64(0)
	return nil
}
