package storecmd

// This file defines the command that prints what is known of store objects.

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"

	"github.com/firn-lang/firn/builtins/settings"
	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/cache"
	"github.com/firn-lang/firn/cmd/firn/internal/dropin"
)

// PathInfo prints what is known of store objects.
type PathInfo struct {
	storePaths
	jsonFlags
	Size          bool   `short:"s" help:"Print the size of the archive of each."`
	ClosureSize   bool   `short:"S" help:"Print the size of the archives of each and all that it refers to."`
	HumanReadable bool   `help:"Print sizes in KiB, MiB and so on."`
	Sigs          bool   `help:"Print signatures, and what else a path is trusted for."`
	JSONFormat    string `name:"json-format" placeholder:"VERSION" help:"The version of the JSON format: 1, with whole paths, or 2, with base names."`
}

// pathWidth is how wide a size is printed.
const pathWidth = 11

// Run prints it.
func (c *PathInfo) Run(ctx context.Context, e *Env) error {
	version, err := c.version()
	if err != nil {
		return err
	}
	s, err := e.Store(ctx)
	if err != nil {
		return err
	}
	chosen, err := c.installables.choose(ctx, e, s, c.selection, c.Recursive, false)
	if err != nil {
		return err
	}
	paths := chosen.all
	l := newSizes(chosen.store)
	if c.JSON {
		if version == 0 {
			e.Log.Warn("'--json' without '--json-format' is deprecated; please specify '--json-format 1' or '--json-format 2'. This will become an error in a future release.")
			version = 1
		}
		v, err := c.json(ctx, l, paths, version)
		if err != nil {
			return err
		}
		return e.printJSON(v, c.layoutFlags)
	}
	width := 0
	if c.Size || c.ClosureSize || c.Sigs {
		for _, p := range paths {
			width = max(width, len(p))
		}
	}
	for _, p := range paths {
		line, err := c.line(ctx, l, p, width)
		if err != nil {
			return err
		}
		e.Lines(line)
	}
	return nil
}

// version returns the version of the JSON format that the flags choose; 0 if they choose none.
func (c *PathInfo) version() (int, error) {
	if c.JSONFormat == "" {
		return 0, nil
	}
	text, err := settings.Number(c.JSONFormat)
	if err != nil {
		return 0, err
	}
	if text != "1" && text != "2" {
		return 0, dropin.Failure("unsupported path info JSON format version %s; supported versions are 1 and 2", text)
	}
	return int(text[0] - '0'), nil
}

// line returns the line about a path, which is filled up to width before the columns.
func (c *PathInfo) line(ctx context.Context, l *sizes, p string, width int) (string, error) {
	info, err := l.info(ctx, p)
	if err != nil {
		return "", err
	}
	line := fmt.Sprintf("%-*s", width, info.Path)
	size := func(n int64) string {
		if c.HumanReadable {
			return fmt.Sprintf("\t%10s", Size(n))
		}
		return fmt.Sprintf("\t%*d", pathWidth, n)
	}
	if c.Size {
		line += size(info.NARSize)
	}
	if c.ClosureSize {
		total, err := l.closure(ctx, p)
		if err != nil {
			return "", err
		}
		line += size(total)
	}
	if c.Sigs {
		var trust []string
		if info.Ultimate {
			trust = append(trust, "ultimate")
		}
		if !info.CA.IsZero() {
			trust = append(trust, "ca:"+info.CA.String())
		}
		line += "\t" + strings.Join(append(trust, info.Signatures...), " ")
	}
	return line, nil
}

// sizes remembers what a store says of paths, and computes the sizes of their closures.
type sizes struct {
	store  store.Store
	infos  map[string]*store.PathInfo
	closed map[string]int64

	ids   map[string]int // the places of paths in nodes
	nodes []sizeNode
}

// A sizeNode is a path for the sizes of closures.
type sizeNode struct {
	size int64
	refs []int // places in nodes
	read bool  // size and refs are known
	seen int   // the last walk that came here; they begin with 1
}

func newSizes(s store.Store) *sizes {
	return &sizes{store: s, infos: map[string]*store.PathInfo{}, closed: map[string]int64{}, ids: map[string]int{}}
}

// info returns what is known of a path.
func (l *sizes) info(ctx context.Context, p string) (*store.PathInfo, error) {
	if info := l.infos[p]; info != nil {
		return info, nil
	}
	info, err := l.store.Info(ctx, p)
	if err == nil {
		l.infos[p] = info
	}
	return info, err
}

// id returns the place of a path in nodes.
func (l *sizes) id(p string) int {
	id, known := l.ids[p]
	if !known {
		id = len(l.nodes)
		l.ids[p] = id
		l.nodes = append(l.nodes, sizeNode{})
	}
	return id
}

// closure returns the size of the archives of a path and all that it refers to. Each walk
// takes as long as there are references; names are looked up once for all walks.
func (l *sizes) closure(ctx context.Context, p string) (int64, error) {
	if n, ok := l.closed[p]; ok {
		return n, nil
	}
	walk := len(l.closed) + 1
	type step struct {
		id   int
		path string // "" if the node is known to be read
	}
	start := l.id(p)
	l.nodes[start].seen = walk
	var total int64
	for work := []step{{start, p}}; len(work) > 0; {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		if !l.nodes[at.id].read {
			info, err := l.info(ctx, at.path)
			if err != nil {
				return total, err
			}
			refs := make([]int, len(info.References))
			for i, ref := range info.References {
				refs[i] = l.id(ref)
			}
			l.nodes[at.id] = sizeNode{size: info.NARSize, refs: refs, read: true, seen: walk}
			for i, ref := range info.References {
				if n := &l.nodes[refs[i]]; n.seen != walk {
					n.seen = walk
					work = append(work, step{refs[i], ref})
				}
			}
		} else {
			for _, id := range l.nodes[at.id].refs {
				// What a node refers to that was read in an earlier walk was read there as well.
				if n := &l.nodes[id]; n.seen != walk {
					n.seen = walk
					work = append(work, step{id, ""})
				}
			}
		}
		total += l.nodes[at.id].size
	}
	l.closed[p] = total
	return total, nil
}

// json returns what is known of paths, in a version of the format. Paths that are not valid
// are null.
func (c *PathInfo) json(ctx context.Context, l *sizes, paths []string, version int) (any, error) {
	all := object{}
	dir := string(l.store.Dir())
	for _, p := range paths {
		info, err := l.info(ctx, p)
		key := p
		if err == nil {
			key = info.Path
		}
		if version == 2 {
			key = path.Base(key)
		}
		switch {
		case errors.Is(err, store.ErrInvalid):
			all[key] = nil
			continue
		case err != nil:
			return nil, err
		}
		o := infoObject(info, version)
		o["storeDir"] = dir
		if err := c.fromCache(ctx, l, info, o); err != nil {
			return nil, err
		}
		if c.ClosureSize {
			if o["closureSize"], err = l.closure(ctx, p); err != nil {
				return nil, err
			}
		}
		all[key] = o
	}
	if version == 2 {
		return object{"version": version, "storeDir": dir, "info": all}, nil
	}
	return all, nil
}

// infoObject returns what is known of a store object, as JSON.
func infoObject(info *store.PathInfo, version int) object {
	name := func(p string) string { return p }
	if version == 2 {
		name = path.Base
	}
	refs := make([]string, len(info.References))
	for i, ref := range info.References {
		refs[i] = name(ref)
	}
	o := object{
		"version": version, "narHash": info.NARHash.String(), "narSize": info.NARSize, "references": refs,
		"ca": nil, "deriver": nil, "registrationTime": nil, "ultimate": info.Ultimate, "signatures": append([]string{}, info.Signatures...),
	}
	switch ca := info.CA; {
	case ca.IsZero():
	case version == 2:
		o["ca"] = object{"method": ca.Method.String(), "hash": ca.Hash.String()}
	default:
		o["ca"] = ca.String()
	}
	if info.Deriver != "" {
		o["deriver"] = name(info.Deriver)
	}
	if !info.Registered.IsZero() {
		o["registrationTime"] = info.Registered.Unix()
	}
	return o
}

// fromCache adds what the NAR info file of a binary cache says beside.
func (c *PathInfo) fromCache(ctx context.Context, l *sizes, info *store.PathInfo, o object) error {
	s, ok := l.store.(*cache.Store)
	if !ok {
		return nil
	}
	file, err := s.NARInfo(ctx, info.Path)
	if err != nil {
		return err
	}
	if file.URL != "" {
		o["url"] = file.URL
	}
	if file.Compression != "" {
		o["compression"] = file.Compression
	}
	if !file.FileHash.IsZero() {
		o["downloadHash"] = file.FileHash.String()
	}
	if file.FileSize != 0 {
		o["downloadSize"] = file.FileSize
	}
	if !c.ClosureSize {
		return nil
	}
	var total int64
	err = Spread(map[string]bool{}, info.Path, func(p string) ([]string, error) {
		file, err := s.NARInfo(ctx, p)
		if err != nil {
			return nil, err
		}
		total += file.FileSize
		return file.References, nil
	})
	o["closureDownloadSize"] = total
	return err
}
