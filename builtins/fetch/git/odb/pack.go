package odb

// This file defines packs, and how an object is read from one.

import (
	"context"
	"errors"
	"io"
)

// maxChain is how many changes lie between an object and one that is stored as a whole, at most. Git
// writes no more than 4095, and 50 unless told otherwise.
const maxChain = 4096

// maxChainWork is the sum of the sizes of all objects that are made on the way to one, in bytes. It
// bounds the time that a chain of large objects takes.
const maxChainWork = 16 * MaxDelta

// A pack is a file with many objects.
type pack struct {
	file *region
	hash int64 // size of an ID, in bytes
}

// openPack opens a pack, without looking at its objects.
func openPack(name string, format Format) (*pack, error) {
	r, err := openRegion(name)
	if err != nil {
		return nil, err
	}
	p, err := newPack(r, format)
	if err != nil {
		r.close()
	}
	return p, err
}

// newPack checks the head of a pack.
func newPack(r *region, format Format) (*pack, error) {
	head, err := r.bytes(0, 12)
	if err != nil {
		return nil, err
	}
	if string(head[:4]) != "PACK" {
		return nil, fileErrorf(r.name, "not a pack")
	}
	if v := be32(head[4:]); v != 2 && v != 3 {
		return nil, fileErrorf(r.name, "version %d of packs is not known", v)
	}
	return &pack{file: r, hash: int64(format.Size())}, nil
}

// A packEntry is the head of an object in a pack.
type packEntry struct {
	kind Kind  // or offsetDelta or idDelta
	size int64 // of the contents that are stored, in bytes
	data int64 // offset of the contents
	base int64 // offset of what is changed, if kind is offsetDelta
	id   ID    // what is changed, if kind is idDelta
}

var errEntry = errors.New("its head is damaged")

// entry reads the head of the object at an offset.
func (p *pack) entry(off int64) (packEntry, error) {
	const longest = 10 + 10 + 32 // size, distance, ID
	b, err := p.file.upTo(off, longest)
	if err != nil {
		return packEntry{}, err
	}
	if off < 12 || len(b) == 0 {
		return packEntry{}, errEntry
	}
	e := packEntry{kind: Kind(b[0] >> 4 & 7), size: int64(b[0] & 0x0f)}
	i := 1
	for shift := 4; b[i-1] >= 0x80; shift += 7 {
		if i >= len(b) || shift > 60 {
			return e, errEntry
		}
		e.size |= int64(b[i]&0x7f) << shift
		i++
	}
	if e.size < 0 {
		return e, errEntry
	}
	switch e.kind {
	case KindCommit, KindTree, KindBlob, KindTag:
	case offsetDelta:
		// Each further byte begins one higher, so that a distance has one form only.
		distance := int64(0)
		for first := true; ; first = false {
			if i >= len(b) || distance >= 1<<54 {
				return e, errEntry
			}
			if !first {
				distance++
			}
			distance = distance<<7 | int64(b[i]&0x7f)
			i++
			if b[i-1] < 0x80 {
				break
			}
		}
		if distance <= 0 || distance >= off {
			return e, errEntry
		}
		e.base = off - distance
	case idDelta:
		if int64(len(b)-i) < p.hash {
			return e, errEntry
		}
		e.id = MakeID(b[i : i+int(p.hash)])
		i += int(p.hash)
	default:
		return e, errEntry
	}
	e.data = off + int64(i)
	return e, nil
}

// stream returns the contents of an entry as they are stored. The caller must release the inflater.
func (p *pack) stream(e packEntry) (*inflater, error) {
	r, err := p.file.reader(e.data, max(e.data, p.file.size-p.hash))
	if err != nil {
		return nil, err
	}
	return newInflater(r)
}

// read returns the contents of an entry as they are stored.
func (p *pack) read(ctx context.Context, e packEntry) ([]byte, error) {
	if e.size > MaxDelta {
		return nil, errBig
	}
	f, err := p.stream(e)
	if err != nil {
		return nil, err
	}
	defer f.release()
	return readExactly(ctx, f.z, e.size)
}

// A link is an object on the way from one that was asked for to one that is stored as a whole.
type link struct {
	place
	entry packEntry
}

// A chain is what has to be read to make an object.
type chain struct {
	links []link   // from the object that was asked for to the last change, or to what is stored whole
	base  contents // what the last link is a change to; nothing if that is stored whole
}

// isWhole reports whether the last link is stored whole.
func (c *chain) isWhole() bool { return c.base.kind == 0 }

// kind returns the kind of the object.
func (c *chain) kind() Kind {
	if c.isWhole() {
		return c.links[len(c.links)-1].entry.kind
	}
	return c.base.kind
}

// chain returns the chain of the object at a place. It ends early at an object that is in the cache.
func (db *Database) chain(ctx context.Context, at place) (*chain, error) {
	c := &chain{}
	work := int64(0)
	for {
		e, err := at.pack.entry(at.off)
		if err != nil {
			return nil, err
		}
		c.links = append(c.links, link{at, e})
		if e.kind <= KindTag {
			return c, nil
		}
		if work += e.size; len(c.links) > maxChain || work > maxChainWork {
			return nil, errDeepPack
		}
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		if e.kind == offsetDelta {
			at.off = e.base
		} else {
			// What is changed is in the same pack as a rule. A pack that was written by hand may rely
			// on another one.
			next, ok, err := db.packed(e.id)
			if err != nil {
				return nil, err
			}
			if !ok {
				return nil, &NotFoundError{ID: e.id, Dir: db.Dir()}
			}
			at = next
		}
		if v, ok := db.cache.get(at); ok {
			c.base = v
			return c, nil
		}
	}
}

// unpack makes the object of a chain, and keeps what it is made of.
func (db *Database) unpack(ctx context.Context, c *chain) (contents, error) {
	v, n := c.base, len(c.links)
	if c.isWhole() {
		n--
		last := c.links[n]
		data, err := last.pack.read(ctx, last.entry)
		if err != nil {
			return contents{}, err
		}
		v = contents{last.entry.kind, data}
		if n > 0 {
			db.cache.put(last.place, v)
		}
	}
	work := int64(0)
	for i := n - 1; i >= 0; i-- {
		delta, err := c.links[i].pack.read(ctx, c.links[i].entry)
		if err != nil {
			return contents{}, err
		}
		if v.data, err = applyDelta(v.data, delta); err != nil {
			return contents{}, err
		}
		if work += int64(len(v.data)); work > maxChainWork {
			return contents{}, errDeepPack
		}
		if i > 0 {
			db.cache.put(c.links[i].place, v)
		}
	}
	return v, nil
}

// size returns the size in bytes of the object of a chain, without making it.
func (c *chain) size() (int64, error) {
	first := c.links[0]
	if first.entry.kind <= KindTag {
		return first.entry.size, nil
	}
	f, err := first.pack.stream(first.entry)
	if err != nil {
		return 0, err
	}
	defer f.release()
	head := make([]byte, min(first.entry.size, 20)) // two sizes
	if _, err := io.ReadFull(f.z, head); err != nil {
		return 0, err
	}
	_, size, _, err := deltaSizes(head)
	return size, err
}
