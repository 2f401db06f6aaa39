package odb

// This file defines the commit-graph: what commits say, in a table.

import (
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
)

// A Graph is the commit-graph of a repository: trees, parents and times of the commits in it, by
// position. Each commit whose parents are asked for has these in the graph, too. Several goroutines
// may use it at once.
type Graph struct {
	layers []*layer // each builds on those before
	n      uint32   // number of commits
}

// A layer is one file of a commit-graph.
type layer struct {
	table
	format Format
	first  uint32 // position of the first commit in the graph
	data   chunk  // rows: tree, two parents, generation and time
	edges  chunk  // parents of commits with more than two
}

const (
	noParent = 0x70000000 // position that stands for no parent
	manyFlag = 1 << 31    // the second parent is a row of edges; in these, the last one
)

// A GraphCommit is what a commit-graph says of a commit.
type GraphCommit struct {
	Tree       ID
	Parents    []uint32 // positions
	Time       int64    // when it was committed, in seconds since 1970
	Generation uint32   // more than that of each parent; 0 if the graph has none
}

// OpenGraph opens the commit-graph of the repository whose objects are in dir: one file, or a chain of
// them. It returns nil without an error if there is none. The caller must close it.
func OpenGraph(dir string, format Format) (g *Graph, err error) {
	defer caughtFault(&err, debug.SetPanicOnFault(true))
	g = &Graph{}
	err = g.add(filepath.Join(dir, "info", "commit-graph"), format, nil)
	if err == nil {
		return g, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, errors.Join(err, g.Close())
	}
	folder := filepath.Join(dir, "info", "commit-graphs")
	names, err := readGraphChain(filepath.Join(folder, "commit-graph-chain"), format)
	if err != nil || names == nil {
		return nil, err
	}
	for i, name := range names {
		if err := g.add(filepath.Join(folder, "graph-"+name+".graph"), format, names[:i]); err != nil {
			return nil, errors.Join(err, g.Close())
		}
	}
	return g, nil
}

// readGraphChain returns the names of the files of a chain, in order: one line of hexadecimal digits
// each. A file that is not there has none.
func readGraphChain(name string, format Format) ([]string, error) {
	const most = 1 << 16 // bytes
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, most))
	if err != nil {
		return nil, err
	}
	names := strings.Fields(string(text))
	for _, s := range names {
		if b, err := hex.DecodeString(s); err != nil || len(b) != format.Size() {
			return nil, fileErrorf(name, "'%s' is not the name of a commit-graph", clip(s))
		}
	}
	return names, nil
}

// Close gives the files back. The graph must not be in use.
func (g *Graph) Close() error {
	var errs []error
	for _, l := range g.layers {
		errs = append(errs, l.file.close())
	}
	g.layers, g.n = nil, 0
	return errors.Join(errs...)
}

// add opens a file as the next layer. below are the names of the layers that it must build on.
func (g *Graph) add(name string, format Format, below []string) error {
	r, err := openRegion(name)
	if err != nil {
		return err
	}
	l, err := openLayer(r, format, g.n, below)
	if err == nil && uint64(g.n)+uint64(l.n) >= noParent {
		err = fileErrorf(name, "more commits than a commit-graph can have")
	}
	if err != nil {
		r.close()
		return err
	}
	g.layers = append(g.layers, l)
	g.n += l.n
	return nil
}

// openLayer reads the head of a file of a commit-graph whose first commit has that position.
func openLayer(r *region, format Format, first uint32, below []string) (*layer, error) {
	head, err := r.bytes(0, 8)
	if err != nil {
		return nil, err
	}
	if string(head[:4]) != "CGPH" {
		return nil, fileErrorf(r.name, "not a commit-graph")
	}
	if head[4] != 1 {
		return nil, fileErrorf(r.name, "version %d of commit-graphs is not known", head[4])
	}
	if err := checkHashVersion(r, head[5], format); err != nil {
		return nil, err
	}
	chunks, err := readChunks(r, 8, int(head[6]))
	if err != nil {
		return nil, err
	}
	t, err := chunkTable(r, format, chunks)
	if err != nil {
		return nil, err
	}
	l := &layer{table: *t, format: format, first: first, data: chunks["CDAT"], edges: chunks["EDGE"]}
	if l.data.size != int64(l.n)*l.row() {
		return nil, fileErrorf(r.name, "the table of commits does not have %d rows", l.n)
	}
	base := chunks["BASE"]
	if int(head[7]) != len(below) || base.size != int64(len(below)*format.Size()) {
		return nil, fileErrorf(r.name, "it does not build on %d others", len(below))
	}
	names, err := r.bytes(base.off, base.size)
	if err != nil {
		return nil, err
	}
	if hex.EncodeToString(names) != strings.Join(below, "") {
		return nil, fileErrorf(r.name, "it builds on other commit-graphs")
	}
	return l, nil
}

// row returns the size in bytes of what there is of each commit.
func (l *layer) row() int64 { return int64(l.format.Size()) + 16 }

// Len returns the number of commits. Positions are below it. A nil graph has none.
func (g *Graph) Len() int {
	if g == nil {
		return 0
	}
	return int(g.n)
}

// Find returns the position of a commit.
func (g *Graph) Find(id ID) (pos uint32, ok bool, err error) {
	if g == nil {
		return 0, false, nil
	}
	defer caughtFault(&err, debug.SetPanicOnFault(true))
	for _, l := range g.layers {
		if pos, ok, err := l.find(id); ok || err != nil {
			return l.first + pos, ok, err
		}
	}
	return 0, false, nil
}

// layer returns the layer that has a position, and the position there.
func (g *Graph) layer(pos uint32) (*layer, uint32, bool) {
	for i := len(g.layers) - 1; i >= 0; i-- {
		if l := g.layers[i]; pos >= l.first {
			return l, pos - l.first, pos-l.first < l.n
		}
	}
	return nil, 0, false
}

// ID returns the name of the commit at a position.
func (g *Graph) ID(pos uint32) (id ID, err error) {
	defer caughtFault(&err, debug.SetPanicOnFault(true))
	l, at, ok := g.layer(pos)
	if !ok {
		return ID{}, errNoCommit
	}
	b, err := l.id(at)
	if err != nil {
		return ID{}, err
	}
	return MakeID(b), nil
}

var errNoCommit = errors.New("the commit-graph has no such commit")

// Commit returns the commit at a position. parents, which may be nil, is used for its parents if there
// is room. A parent of a later generation than the commit is an error, so that following parents ends.
func (g *Graph) Commit(pos uint32, parents []uint32) (c GraphCommit, err error) {
	defer caughtFault(&err, debug.SetPanicOnFault(true))
	l, at, ok := g.layer(pos)
	if !ok {
		return c, errNoCommit
	}
	b, err := l.file.bytes(l.data.off+int64(at)*l.row(), l.row())
	if err != nil {
		return c, err
	}
	size := l.format.Size()
	tree, b := b[:size], b[size:]
	c.Tree, c.Parents = MakeID(tree), parents[:0]
	times := be64(b[8:])
	c.Generation, c.Time = uint32(times>>34), int64(times&(1<<34-1))
	first, second := be32(b), be32(b[4:])
	if first != noParent {
		c.Parents = append(c.Parents, first)
	}
	switch {
	case second == noParent:
	case second&manyFlag == 0:
		c.Parents = append(c.Parents, second)
	default:
		if err := l.manyParents(&c, second&^manyFlag); err != nil {
			return c, err
		}
	}
	for _, p := range c.Parents {
		if err := g.checkParent(l, c.Generation, p); err != nil {
			return c, err
		}
	}
	return c, nil
}

// manyParents adds the parents that begin in a row of the table of edges.
func (l *layer) manyParents(c *GraphCommit, row uint32) error {
	for i := int64(row); ; i++ {
		if i >= l.edges.size/4 {
			return fileErrorf(l.file.name, "parents of a commit are missing")
		}
		p, err := l.file.uint32(l.edges.off + 4*i)
		if err != nil {
			return err
		}
		c.Parents = append(c.Parents, p&^manyFlag)
		if p&manyFlag != 0 {
			return nil
		}
	}
}

// maxGeneration is the generation of commits with that many ancestors in a row or more.
const maxGeneration = 1<<30 - 1

// checkParent returns an error unless p can be a parent of a commit of that generation in l.
func (g *Graph) checkParent(l *layer, generation, p uint32) error {
	parent, at, ok := g.layer(p)
	if !ok {
		return fileErrorf(l.file.name, "parent %d of a commit does not exist", p)
	}
	b, err := parent.file.bytes(parent.data.off+int64(at)*parent.row()+int64(parent.format.Size())+8, 4)
	if err != nil {
		return err
	}
	if of := be32(b) >> 2; generation != 0 && of >= generation && generation < maxGeneration {
		return fileErrorf(l.file.name, "a commit is not later than its parent")
	}
	return nil
}
