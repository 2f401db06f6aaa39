package repo

// This file defines the number of commits that lead to one.

import (
	"context"
	"path/filepath"

	"github.com/firn-lang/firn/builtins/fetch/git/odb"
)

// RevCount returns the number of commits that are id or that it follows, directly or not. Commits in
// the commit-graph are not read. Where the history was cut off, commits count as far as they are there.
func (r *Repository) RevCount(ctx context.Context, id odb.ID) (uint64, error) {
	cut, err := r.shallow()
	if err != nil {
		return 0, err
	}
	if len(cut) > 0 { // which a commit-graph knows nothing of
		return r.count(ctx, nil, id, cut)
	}
	graph, err := odb.OpenGraph(filepath.Join(r.Common, "objects"), r.Format)
	if err != nil {
		graph = nil // commits say the same
	} else if graph != nil {
		defer graph.Close()
	}
	n, err := r.count(ctx, graph, id, nil)
	if err != nil && graph != nil && ctx.Err() == nil {
		return r.count(ctx, nil, id, nil) // of a damaged graph
	}
	return n, err
}

// count is RevCount with a graph, which may be nil, and the commits whose parents are not there.
func (r *Repository) count(ctx context.Context, graph *odb.Graph, id odb.ID, cut map[odb.ID]bool) (uint64, error) {
	c := counter{repo: r, graph: graph, cut: cut, inGraph: make([]uint64, (graph.Len()+63)/64), seen: map[odb.ID]struct{}{}}
	if err := c.add(id); err != nil {
		return 0, err
	}
	for steps := 0; len(c.commits)+len(c.positions) > 0; steps++ {
		if steps%1024 == 0 && ctx.Err() != nil {
			return 0, context.Cause(ctx)
		}
		if err := c.step(ctx); err != nil {
			return 0, err
		}
	}
	return c.n, nil
}

// A counter walks over commits, each once.
type counter struct {
	repo      *Repository
	graph     *odb.Graph
	cut       map[odb.ID]bool     // commits whose parents are not there
	inGraph   []uint64            // a bit for each commit in graph that was met
	seen      map[odb.ID]struct{} // the others that were met
	positions []uint32            // in graph, met and not looked at yet
	commits   []odb.ID            // not in graph, met and not looked at yet
	parents   []uint32            // of the last commit in graph; kept for its memory
	n         uint64
}

// add counts a commit, unless it was met before.
func (c *counter) add(id odb.ID) error {
	pos, ok, err := c.graph.Find(id)
	if err != nil {
		return err
	}
	if ok {
		c.addPosition(pos)
		return nil
	}
	if _, met := c.seen[id]; !met {
		c.seen[id] = struct{}{}
		c.commits = append(c.commits, id)
		c.n++
	}
	return nil
}

// addPosition counts a commit in the graph, unless it was met before.
func (c *counter) addPosition(pos uint32) {
	if word, bit := &c.inGraph[pos/64], uint64(1)<<(pos%64); *word&bit == 0 {
		*word |= bit
		c.positions = append(c.positions, pos)
		c.n++
	}
}

// step looks at a commit that was met.
func (c *counter) step(ctx context.Context) error {
	if n := len(c.positions); n > 0 {
		pos := c.positions[n-1]
		c.positions = c.positions[:n-1]
		commit, err := c.graph.Commit(pos, c.parents)
		if err != nil {
			return err
		}
		c.parents = commit.Parents
		for _, p := range commit.Parents {
			c.addPosition(p)
		}
		return nil
	}
	n := len(c.commits)
	id := c.commits[n-1]
	c.commits = c.commits[:n-1]
	if c.cut[id] {
		return nil
	}
	commit, err := c.repo.Commit(ctx, id)
	if err != nil {
		return err
	}
	for _, p := range commit.Parents {
		if err := c.add(p); err != nil {
			return err
		}
	}
	return nil
}
