package repo

// This file defines the state of a working tree.

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/firn-lang/firn/builtins/fetch/git/index"
	"github.com/firn-lang/firn/builtins/fetch/git/odb"
)

// A Status is the state of a working tree: which files of it are tracked, and how they differ from the
// commit that was checked out. Submodules are left out, and so are files that are not tracked. Names
// are in order.
//
// Quirk: what a sparse checkout leaves out is deleted, although git calls such a working tree clean. The
// reference implementation shows such a tree without these files, and as dirty.
type Status struct {
	Branch     string   // the reference that HEAD stands for, such as "refs/heads/main"; "" if it names a commit
	Head       odb.ID   // the commit; zero before the first one
	Files      []string // that are tracked, and there
	Modified   []string // of Files, those that are not as in the commit, on disk or in the index
	Deleted    []string // that are in the commit or in the index, and not in both or not there
	Submodules []string // folders that are submodules

	// Converted are those of Files that Git calls unchanged, and that may have other bytes on disk than in the
	// commit: Git converts them (ends of lines, filters such as that of LFS), or was told not to look at them.
	// Of a dirty working tree it is not known.
	Converted []string
}

// Dirty reports whether the working tree is not as it was committed.
func (s *Status) Dirty() bool { return len(s.Modified)+len(s.Deleted) > 0 }

// ErrBare is the error of asking for the working tree of a bare repository.
var ErrBare = errors.New("the Git repository has no working tree")

// Index reads the index of the working tree.
func (r *Repository) Index() (*index.Index, error) {
	return index.Open(filepath.Join(r.Dir, "index"), r.Format)
}

// A state is what is known of an entry of the index.
type state uint8

const (
	staged    state = 1 << iota // another one than in the commit
	changed                     // another one than on disk
	missing                     // not on disk
	converted                   // unchanged, but maybe with other bytes
)

// Status compares the working tree with the index, and the index with the commit. A file whose size and
// times are those that the index has is not read. memo may be nil.
func (r *Repository) Status(ctx context.Context, memo Memo) (*Status, error) {
	if r.WorkTree == "" {
		return nil, ErrBare
	}
	s := &Status{}
	var err error
	if s.Branch, s.Head, err = r.Head(); err != nil {
		return nil, err
	}
	ix, err := r.Index()
	if err != nil {
		return nil, err
	}
	states := make([]state, len(ix.Entries))
	if err := r.compareHead(ctx, s, ix, states); err != nil {
		return nil, err
	}
	if err := r.compareDisk(ctx, ix, states, memo); err != nil {
		return nil, err
	}
	s.collect(ix, states)
	if s.Dirty() { // all is read from disk
		return s, nil
	}
	if err := r.converted(ctx, ix, states, memo); err != nil {
		return nil, err
	}
	s.collectConverted(ix, states)
	return s, nil
}

// collect makes the lists of s from what is known of each entry.
func (s *Status) collect(ix *index.Index, states []state) {
	s.Files = make([]string, 0, len(ix.Entries))
	for i := range ix.Entries {
		e := &ix.Entries[i]
		if i > 0 && ix.Entries[i-1].Name == e.Name {
			continue // another stage of a conflict
		}
		switch {
		case e.Mode == odb.ModeSubmodule:
			s.Submodules = append(s.Submodules, e.Name)
		case states[i]&missing != 0:
			s.Deleted = append(s.Deleted, e.Name)
		default:
			s.Files = append(s.Files, e.Name)
			if states[i]&(staged|changed) != 0 {
				s.Modified = append(s.Modified, e.Name)
			}
		}
	}
	slices.Sort(s.Deleted)
	s.Deleted = slices.Compact(s.Deleted)
}

// collectConverted makes the list of converted files of a clean working tree.
func (s *Status) collectConverted(ix *index.Index, states []state) {
	for i := range ix.Entries {
		if states[i]&converted != 0 {
			s.Converted = append(s.Converted, ix.Entries[i].Name)
		}
	}
}

// compareHead marks entries that are not as in the commit, and adds what the index lacks to s.Deleted.
func (r *Repository) compareHead(ctx context.Context, s *Status, ix *index.Index, states []state) error {
	c := comparison{repo: r, entries: ix.Entries, states: states}
	if !s.Head.IsZero() {
		commit, err := r.Commit(ctx, s.Head)
		if err != nil {
			return err
		}
		if err := c.tree(ctx, commit.Tree, "", ix.Tree, 0); err != nil {
			return err
		}
	}
	for ; c.at < len(c.entries); c.at++ {
		states[c.at] |= staged
	}
	s.Deleted = c.deleted
	return nil
}

// A comparison walks over a tree and the index side by side: both have the same order.
type comparison struct {
	repo    *Repository
	entries []index.Entry
	states  []state
	at      int // the first entry that was not compared
	deleted []string
}

// maxDepth is how deep folders may be in each other.
const maxDepth = 4096

// tree compares a tree with the entries that begin with prefix. known is what the index knows of the
// tree, nil if nothing.
func (c *comparison) tree(ctx context.Context, id odb.ID, prefix string, known *index.Folder, depth int) error {
	if known != nil && known.ID == id {
		for c.at < len(c.entries) && strings.HasPrefix(c.entries[c.at].Name, prefix) {
			c.at++
		}
		return nil
	}
	if depth > maxDepth {
		return fmt.Errorf("folders in tree %s are too deep", id)
	}
	entries, err := c.repo.Tree(ctx, id)
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := prefix + e.Name
		if e.Mode == odb.ModeTree {
			name += "/"
		}
		c.addedBefore(name)
		here := c.at < len(c.entries) && c.entries[c.at].Name == name
		switch {
		case here:
			c.same(e)
		case e.Mode == odb.ModeTree:
			var sub *index.Folder
			if known != nil {
				sub = known.Folders[e.Name]
			}
			if err := c.tree(ctx, e.ID, name, sub, depth+1); err != nil {
				return err
			}
		case e.Mode != odb.ModeSubmodule:
			c.deleted = append(c.deleted, name)
		}
	}
	for c.at < len(c.entries) && strings.HasPrefix(c.entries[c.at].Name, prefix) {
		c.states[c.at] |= staged
		c.at++
	}
	return nil
}

// addedBefore marks entries that come before name, which the commit lacks.
func (c *comparison) addedBefore(name string) {
	for c.at < len(c.entries) && c.entries[c.at].Name < name {
		c.states[c.at] |= staged
		c.at++
	}
}

// same compares the next entry, and those of a conflict with the same name, with e.
func (c *comparison) same(e odb.Entry) {
	name := c.entries[c.at].Name
	for ; c.at < len(c.entries) && c.entries[c.at].Name == name; c.at++ {
		if x := &c.entries[c.at]; x.Stage != 0 || x.ID != e.ID || x.Mode != e.Mode || x.Flags&index.IntentToAdd != 0 {
			c.states[c.at] |= staged
		}
	}
}

// Tree reads a tree.
func (r *Repository) Tree(ctx context.Context, id odb.ID) ([]odb.Entry, error) {
	kind, data, err := r.objects.Read(ctx, id, odb.MaxTree)
	if err != nil {
		return nil, err
	}
	if kind != odb.KindTree {
		return nil, fmt.Errorf("object %s is a %s, and not a tree", id, kind)
	}
	entries, err := odb.TreeEntries(data, r.Format)
	if err != nil {
		return nil, fmt.Errorf("object %s: %w", id, err)
	}
	return entries, nil
}

// compareDisk marks entries that are not as on disk. The entries are divided among goroutines: asking
// for the times of a file takes longer than anything else here.
func (r *Repository) compareDisk(ctx context.Context, ix *index.Index, states []state, memo Memo) error {
	n := len(ix.Entries)
	parts := max(1, min(runtime.GOMAXPROCS(0), 8, n/1000))
	errs := make([]error, parts)
	fact, known, settled := "", false, false
	if memo != nil {
		fact, settled = r.foldersFact(ix)
		known = fact != "" && memo.Known(fact)
	}
	var wg sync.WaitGroup
	var missed atomic.Bool // a folder is none
	for p := range parts {
		wg.Go(func() {
			d := newDisk(r, ix)
			defer d.names.close()
			d.foldersKnown = known
			for i := p * n / parts; i < (p+1)*n/parts; i++ {
				if i%256 == 0 && ctx.Err() != nil {
					errs[p] = context.Cause(ctx)
					return
				}
				st, err := d.compare(ctx, &ix.Entries[i])
				if err != nil {
					errs[p] = err
					return
				}
				states[i] |= st
			}
			if d.notADir != "" {
				missed.Store(true)
			}
		})
	}
	wg.Wait()
	err := errors.Join(errs...)
	if err == nil && fact != "" && !known && settled && !missed.Load() {
		memo.Remember(fact)
	}
	return err
}
