package local

// This file defines the valid paths as a graph, as the collector sees them.

import (
	"context"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/drv"
	"github.com/firn-lang/firn/builtins/store/storepath"
)

// A keepRules says what keeps what, besides references.
type keepRules struct {
	outputs  bool // a derivation keeps its outputs
	derivers bool // an output keeps its deriver
}

// A node is a valid path.
type node struct {
	id    int64
	path  string
	size  int64   // of the archive, in bytes
	keeps []*node // that are alive if this one is
	users []*node // paths that refer to this one, without itself
	alive bool
	gone  bool // deleted in this run
	seen  bool // by the walk that runs
}

func (n *node) hash() string { return hashPart(n.path) }

// A graph is all valid paths.
type graph struct {
	nodes  []*node
	byPath map[string]*node
	byHash map[string]*node
}

// loadGraph reads the valid paths, in one state of the database.
func (s *Store) loadGraph(ctx context.Context, keep keepRules) (*graph, error) {
	g := &graph{byPath: map[string]*node{}, byHash: map[string]*node{}}
	byID := map[int64]*node{}
	derivers := map[*node]string{}
	err := s.readers.with(ctx, func(db *database) error {
		return db.read(func() error {
			err := db.query("select id, path, narSize, deriver from ValidPaths", func(r row) error {
				n := &node{id: r.int(0), path: r.text(1), size: r.int(2)}
				g.nodes = append(g.nodes, n)
				g.byPath[n.path], g.byHash[n.hash()], byID[n.id] = n, n, n
				if keep.derivers {
					if deriver := r.text(3); deriver != "" {
						derivers[n] = deriver
					}
				}
				return nil
			})
			if err != nil {
				return err
			}
			err = db.query("select referrer, reference from Refs", func(r row) error {
				from, to := byID[r.int(0)], byID[r.int(1)]
				if from != nil && to != nil && from != to {
					from.keeps = append(from.keeps, to)
					to.users = append(to.users, from)
				}
				return nil
			})
			if err != nil || !keep.outputs {
				return err
			}
			return db.query("select drv, path from DerivationOutputs", func(r row) error {
				if from, to := byID[r.int(0)], g.byPath[r.text(1)]; from != nil && to != nil {
					from.keeps = append(from.keeps, to)
				}
				return nil
			})
		})
	})
	for n, deriver := range derivers {
		if to := g.byPath[deriver]; to != nil {
			n.keeps = append(n.keeps, to)
		}
	}
	if err == nil && keep.outputs && s.opts.CADerivations {
		err = s.keepRealised(ctx, g)
	}
	return g, err
}

// keepRealised makes derivations keep those of their outputs whose paths are known from
// realisations alone.
func (s *Store) keepRealised(ctx context.Context, g *graph) error {
	for _, n := range g.nodes {
		if !strings.HasSuffix(n.path, storepath.DrvExtension) {
			continue
		}
		d, err := s.readDrv(n.path)
		if err != nil {
			continue // which verifying tells
		}
		if kind, err := d.Kind(); err != nil || kind != drv.Floating && kind != drv.Deferred {
			continue
		}
		paths, err := store.KnownOutputs(ctx, s, d)
		if err != nil {
			return err
		}
		for _, path := range paths {
			if to := g.byPath[path]; to != nil {
				n.keeps = append(n.keeps, to)
			}
		}
	}
	return nil
}

// revive marks a path, if it is valid, and all that it keeps as alive. A root that
// is no valid path keeps a path with its hash part, whatever its name.
func (g *graph) revive(path string) {
	n := g.byPath[path]
	if n == nil {
		n = g.byHash[hashPart(path)]
	}
	if n == nil || n.alive {
		return
	}
	n.alive = true
	for todo := []*node{n}; len(todo) > 0; {
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for _, next := range n.keeps {
			if !next.alive {
				next.alive = true
				todo = append(todo, next)
			}
		}
	}
}

// dead returns the paths that are not alive, each after those that refer to it.
// What refers to a dead path is dead.
func (g *graph) dead() []*node {
	var list []*node
	for _, n := range g.nodes {
		if !n.alive {
			list = append(list, n)
		}
	}
	return usersFirst(list, nil)
}

// referrersOf returns n and what refers to it, directly or not, users first; or
// reports that some of it is alive, or not chosen.
func (g *graph) referrersOf(n *node, chosen map[string]bool) (list []*node, alive bool) {
	list = usersFirst([]*node{n}, func(n *node) bool {
		alive = alive || n.alive || !chosen[n.path]
		return !n.gone && !alive
	})
	return list, alive
}

// usersFirst returns nodes, and the users of them that accept lets through, in an
// order in which users come first. accept may be nil: then nothing but the nodes
// and their users is there.
func usersFirst(nodes []*node, accept func(*node) bool) []*node {
	type frame struct {
		n    *node
		next int // of n.users
	}
	var list []*node
	var stack []frame
	push := func(n *node) {
		if !n.seen && (accept == nil || accept(n)) {
			n.seen = true
			stack = append(stack, frame{n: n})
		}
	}
	for _, n := range nodes {
		push(n)
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if top.next < len(top.n.users) {
				top.next++
				push(top.n.users[top.next-1])
				continue
			}
			list = append(list, top.n)
			stack = stack[:len(stack)-1]
		}
	}
	for _, n := range list {
		n.seen = false
	}
	return list
}

// idList returns the numbers of nodes as a list in SQL.
func idList(nodes []*node) string {
	b := []byte{'('}
	for i, n := range nodes {
		if i > 0 {
			b = append(b, ',')
		}
		b = strconv.AppendInt(b, n.id, 10)
	}
	return string(append(b, ')'))
}

// ignoreEOF returns err, unless it is the end of a directory.
func ignoreEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}

// readSome returns the beginning of a file.
func readSome(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, limit))
}
