package local

// This file defines the garbage collector.

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/filelock"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A collector is one run of the garbage collector. It holds gc.lock, so that roots
// become known to it before those that want them go on.
type collector struct {
	s   *Store
	ctx context.Context
	c   store.Collection
	log func(string)

	graph  *graph
	server *rootServer
	result store.Collected
}

// errEnough ends deleting.
var errEnough = errors.New("enough was freed")

// Collect implements store.Keeper. While it runs, others may add to the store:
// what they tell it they use stays.
func (k keeper) Collect(ctx context.Context, c store.Collection) (result *store.Collected, err error) {
	if c.Action == store.Specific && len(c.Paths) == 0 {
		return &store.Collected{}, nil
	}
	g := &collector{s: k.s, ctx: ctx, c: c, log: k.s.log}
	if c.Log != nil {
		g.log = c.Log
	}
	deletes := c.Action == store.Garbage || c.Action == store.Specific
	if deletes {
		// On a full disk, this is the room in which the database forgets paths.
		if err := os.Remove(k.s.reservedPath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		// That there is no room for it again is no error; the next opening tries, too.
		defer func() { _ = reserve(k.s.reservedPath()) }()
	}
	lock, err := os.OpenFile(k.s.gcLockPath(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	defer lock.Close()
	if err := filelock.Wait(ctx, lock, filelock.Exclusive, func() { g.log("waiting for the big garbage collector lock...") }); err != nil {
		return nil, err
	}
	if g.server, err = serveRoots(k.s); err != nil {
		return nil, err
	}
	defer g.server.close()
	if err := g.mark(); err != nil {
		return nil, err
	}
	switch c.Action {
	case store.Live, store.Dead:
		g.log("determining live/dead paths...")
		err = g.list()
	case store.Garbage:
		g.log("deleting garbage...")
		err = g.sweep()
	case store.Specific:
		err = g.deleteThese()
	}
	if errors.Is(err, errEnough) {
		g.log(fmt.Sprintf("deleted more than %d bytes; stopping", c.MaxFreed))
		err = nil
	}
	if err == nil && deletes {
		err = g.sweepLinks()
	}
	return &g.result, err
}

// mark reads what the store has, and finds what is alive.
func (g *collector) mark() error {
	g.log("finding garbage collector roots...")
	f := rootFinder{s: g.s, ctx: g.ctx, log: g.log}
	if !g.c.IgnoreLiveness {
		if err := f.permanent(); err != nil {
			return err
		}
	}
	permanent := len(f.roots)
	if err := f.temporary(); err != nil {
		return err
	}
	for _, root := range f.roots[permanent:] {
		g.server.add(hashPart(root.Path))
	}
	keep := keepRules{outputs: g.c.KeepOutputs, derivers: !g.c.DropDerivations}
	if g.c.Action == store.Specific {
		keep = keepRules{}
	}
	var err error
	if g.graph, err = g.s.loadGraph(g.ctx, keep); err != nil {
		return err
	}
	for _, root := range f.roots {
		g.graph.revive(root.Path)
	}
	return nil
}

// hashPart returns the hash part of a path or name: what a temporary root keeps,
// whatever follows the name, as with H-x.lock.
func hashPart(path string) string {
	name := path[strings.LastIndexByte(path, '/')+1:]
	return name[:min(len(name), 32)]
}

// list finds what a run would keep, or delete.
func (g *collector) list() error {
	for _, n := range g.graph.nodes {
		if n.alive == (g.c.Action == store.Live) {
			g.result.Paths = append(g.result.Paths, n.path)
		}
	}
	if g.c.Action == store.Dead {
		err := g.eachName(func(name string, isPath bool) error {
			path := string(g.s.dir) + "/" + name
			if isPath && g.graph.byPath[path] == nil && !g.server.has(hashPart(name)) {
				g.result.Paths = append(g.result.Paths, path)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	slices.Sort(g.result.Paths)
	return nil
}

// namesAtOnce is how many names of the store directory are read at once.
const namesAtOnce = 1000

// eachName calls fn with each name in the store directory, and whether it can be
// that of a path.
func (g *collector) eachName(fn func(name string, isPath bool) error) error {
	dir, err := os.Open(g.s.real)
	if err != nil {
		return err
	}
	defer dir.Close()
	for {
		names, err := dir.Readdirnames(namesAtOnce)
		for _, name := range names {
			if name == linksName {
				continue
			}
			if err := context.Cause(g.ctx); err != nil {
				return err
			}
			_, bad := storepath.ParseBase(name)
			if err := fn(name, bad == nil && name[32] == '-'); err != nil {
				return err
			}
		}
		if err != nil || len(names) == 0 {
			return ignoreEOF(err)
		}
	}
}

// sweep deletes the garbage: first what is no valid path, which takes no room in
// the database, then dead paths.
func (g *collector) sweep() error {
	var junk []string
	err := g.eachName(func(name string, isPath bool) error {
		if g.graph.byPath[string(g.s.dir)+"/"+name] == nil {
			junk = append(junk, name)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range junk {
		if err := g.deleteName(name); err != nil {
			return err
		}
	}
	return g.deleteDead(g.graph.dead())
}

// deleteName deletes what is no valid path, unless it is in use.
func (g *collector) deleteName(name string) error {
	path := string(g.s.dir) + "/" + name
	hash := hashPart(name)
	if !g.server.begin([]string{hash}) {
		return nil
	}
	defer g.server.end(hash)
	// It may have become valid since the database was read. Who made it so said so
	// before; but a process that did and is gone left no root.
	if valid, err := g.s.IsValid(g.ctx, path); valid || err != nil {
		return err
	}
	if strings.HasPrefix(name, "tmp-") {
		if used, err := isLocked(g.s.real + "/" + name); used || err != nil {
			return err
		}
	}
	return g.deleteFiles(path)
}

// isLocked reports whether a work folder is in use.
func isLocked(path string) (bool, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil // not any more
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	free, err := filelock.Try(f, filelock.Exclusive)
	return !free, err
}

// deleteFiles deletes the files of a path that is not valid.
func (g *collector) deleteFiles(path string) error {
	g.log("deleting '" + path + "'")
	if g.c.Deleted != nil {
		g.c.Deleted(path)
	}
	freed, err := deleteTree(g.s.RealPath(path))
	g.result.Paths = append(g.result.Paths, path)
	g.result.Freed += freed
	if err != nil {
		return fmt.Errorf("cannot delete '%s': %w", path, err)
	}
	if g.c.MaxFreed > 0 && g.result.Freed > g.c.MaxFreed {
		return errEnough
	}
	return nil
}

// How many paths one transaction forgets. The first ones are small: on a full
// disk each makes room for the next.
const (
	firstBatch = 64
	lastBatch  = 8192
)

// deleteDead deletes dead paths, which come after those that refer to them.
func (g *collector) deleteDead(dead []*node) error {
	for size := firstBatch; len(dead) > 0; size = min(4*size, lastBatch) {
		n := g.batch(dead, size)
		if err := g.deleteBatch(dead[:n]); err != nil {
			return err
		}
		dead = dead[n:]
	}
	return nil
}

// batch returns how many of the dead paths are deleted in one transaction: all of
// them are, so together they must not free more than is wanted.
func (g *collector) batch(dead []*node, size int) int {
	n := min(size, len(dead))
	if g.c.MaxFreed == 0 {
		return n
	}
	left := g.c.MaxFreed - g.result.Freed
	for i, d := range dead[:n] {
		left -= d.size // an archive is larger than its files
		if left < 0 {
			return i + 1
		}
	}
	return n
}

// deleteBatch deletes some dead paths, first from the database and then from the
// disk: what a crash in between leaves is no valid path, and the next run's.
func (g *collector) deleteBatch(batch []*node) error {
	batch = slices.DeleteFunc(slices.Clone(batch), func(n *node) bool { return n.alive })
	if len(batch) == 0 {
		return nil
	}
	hashes := make([]string, len(batch))
	for i, n := range batch {
		hashes[i] = n.hash()
	}
	if !g.server.begin(hashes) {
		// Some came into use. What they refer to is used as well.
		for i, n := range batch {
			if g.server.has(hashes[i]) {
				g.graph.revive(n.path)
			}
		}
		return g.deleteBatch(batch)
	}
	defer g.server.end(hashes...)
	forgotten, err := g.forget(batch)
	if err != nil {
		return err
	}
	for _, n := range forgotten {
		if err := g.deleteFiles(n.path); err != nil {
			return err
		}
		g.server.end(n.hash())
	}
	return nil
}

// forget removes paths from the database. It returns those that it removed: a
// path that another one came to refer to meanwhile stays.
func (g *collector) forget(batch []*node) ([]*node, error) {
	remove := func(db *database, batch []*node) error {
		list := idList(batch)
		// References first: the database does not know that both ends go.
		if err := db.script("delete from Refs where referrer in " + list); err != nil {
			return err
		}
		return db.script("delete from ValidPaths where id in " + list)
	}
	err := g.s.writer.do(g.ctx, func(db *database) error {
		return db.savepoint(func() error { return remove(db, batch) })
	})
	if err == nil || !isConstraint(err) {
		return batch, err
	}
	var gone []*node
	err = g.s.writer.do(g.ctx, func(db *database) error {
		gone = nil
		for _, n := range batch {
			if n.alive {
				continue
			}
			err := db.savepoint(func() error { return remove(db, []*node{n}) })
			switch {
			case err == nil:
				gone = append(gone, n)
			case isConstraint(err):
				g.graph.revive(n.path)
			default:
				return err
			}
		}
		return nil
	})
	return gone, err
}

// deleteThese deletes the paths of the collection. One that is alive, or that
// another path refers to, ends it.
func (g *collector) deleteThese() error {
	chosen := map[string]bool{}
	for _, path := range g.c.Paths {
		p, err := g.s.dir.Parse(path)
		if err != nil {
			return err
		}
		chosen[g.s.dir.Text(p)] = true
	}
	for _, path := range g.c.Paths {
		n := g.graph.byPath[path]
		var dead []*node
		alive := false
		if n == nil {
			alive = g.server.has(hashPart(path))
		} else {
			dead, alive = g.graph.referrersOf(n, chosen)
		}
		if alive {
			//lint:ignore ST1005 the reference's words
			return fmt.Errorf("Cannot delete path '%s' since it is still alive. To find out why, use: "+
				"nix-store --query --roots and nix-store --query --referrers", path)
		}
		if n == nil {
			if err := g.deleteName(path[len(g.s.dir)+1:]); err != nil {
				return err
			}
			continue
		}
		if err := g.deleteDead(dead); err != nil {
			return err
		}
		for _, d := range dead {
			d.gone = true
		}
	}
	return nil
}

// sweepLinks deletes the names in .links that are the last ones of their files.
func (g *collector) sweepLinks() error {
	g.log("deleting unused links...")
	dir, err := os.Open(g.s.linksDir())
	if err != nil {
		return err
	}
	defer dir.Close()
	saved := int64(0)
	for {
		names, err := dir.Readdirnames(namesAtOnce)
		for _, name := range names {
			if err := context.Cause(g.ctx); err != nil {
				return err
			}
			path := g.s.linksDir() + "/" + name
			info, err := os.Lstat(path)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return err
			}
			if links := statOf(info).links; links != 1 {
				saved += int64(links-2) * info.Size()
			} else if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		if err != nil || len(names) == 0 {
			if err := ignoreEOF(err); err != nil {
				return err
			}
			break
		}
	}
	if info, err := os.Lstat(g.s.linksDir()); err == nil {
		saved -= statOf(info).blocks
	}
	g.log("note: hard linking is currently saving " + renderSize(saved))
	return nil
}

// renderSize returns a number of bytes as the reference prints it: with one
// decimal, in KiB or a larger unit.
func renderSize(n int64) string {
	value, unit := float64(n)/1024, 0
	const units = "KMGTPEZY"
	for (value >= 1024 || value <= -1024) && unit < len(units)-1 {
		value, unit = value/1024, unit+1
	}
	return fmt.Sprintf("%.1f %ciB", value, units[unit])
}
