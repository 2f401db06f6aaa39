// Package index reads the index of a Git repository: which files of a working tree are tracked, and
// what they were when Git looked at them last.
//
//	Index     an index;  Open reads the file, with the shared one that it may build on
//	Entry     a file in it
//	Stat      what a file system said of a file
//	Folder    a folder whose tree is known, from the extension that keeps trees
//
// Versions 2, 3 and 4 are read, split and sparse indexes too. What Git keeps in other extensions is not
// needed here; an extension that must not be passed over and is not known is an error.
package index

// This file defines Index, and how its entries are read.

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/firn-lang/firn/builtins/fetch/git/odb"
)

// maxSize is the size in bytes of the largest index that is read: one of ten million files.
const maxSize = 1 << 30

// A Stat is what a file system said of a file when Git looked at it last. Each number is cut to 32
// bits; 0 may also stand for "not known".
type Stat struct {
	ChangeSec, ChangeNano uint32 // when name, mode, owner or contents were changed last
	ModSec, ModNano       uint32 // when contents were changed last
	Device, Inode         uint32
	UID, GID              uint32
	Size                  uint32 // in bytes
}

// Flags are what is known of an entry beside its contents.
type Flags uint8

// Flags of entries.
const (
	AssumeUnchanged Flags = 1 << iota // the user promises not to change the file
	SkipWorktree                      // the file is not wanted in the working tree
	IntentToAdd                       // only the name is in the index so far
)

// An Entry is a tracked file. A sparse index also has folders, none of whose files are wanted: their
// names end in a slash, and the object is a tree.
type Entry struct {
	Name  string
	Mode  odb.Mode
	ID    odb.ID
	Stage uint8 // 0, or in a conflict 1 for the common ancestor, 2 for ours, 3 for theirs
	Flags Flags
	Stat  Stat
}

// An Index is the contents of an index.
type Index struct {
	Entries []Entry // in the order of names, then of stages
	Tree    *Folder // of the root, as far as known; nil if nothing is
	// Written is when the index was written; zero if that is not known. A file that was changed at that
	// time or later may be another one than its Stat tells.
	Written time.Time
	// Sum is a hash of the file, with what it says of files on disk. Two indexes with the same one are the same.
	Sum odb.ID
}

// A Folder is a folder whose tree Git keeps the name of.
type Folder struct {
	ID      odb.ID // zero if it has to be computed again
	Entries int    // of the index below the folder
	Folders map[string]*Folder
}

// Open reads an index. An index that does not exist is empty.
func Open(name string, format odb.Format) (*Index, error) {
	data, written, err := readFile(name)
	if errors.Is(err, os.ErrNotExist) {
		return &Index{}, nil
	}
	if err != nil {
		return nil, err
	}
	ix, err := read(data, format, func(id odb.ID) (*Index, error) {
		shared := filepath.Join(filepath.Dir(name), "sharedindex."+id.String())
		base, _, err := readFile(shared)
		if err != nil {
			return nil, err
		}
		return read(base, format, nil)
	})
	if err != nil {
		return nil, fmt.Errorf("index '%s': %w", name, err)
	}
	ix.Written = written
	return ix, nil
}

// readFile returns the contents of a file, and when it was changed last.
func readFile(name string) ([]byte, time.Time, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, time.Time{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, time.Time{}, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxSize {
		return nil, time.Time{}, fmt.Errorf("index '%s' is not a file of at most %d bytes", name, maxSize)
	}
	data := make([]byte, info.Size())
	_, err = io.ReadFull(f, data)
	return data, info.ModTime(), err
}

var errShort = errors.New("the file is too short")

// A decoder reads an index from its beginning on.
type decoder struct {
	data    []byte // what is left
	format  odb.Format
	version uint32
	name    []byte // of the last entry
	text    string // what data was at first, for names that lie there whole; not of version 4
}

// read reads the bytes of an index. shared reads the index that another one builds on; nil if that is
// not allowed.
func read(data []byte, format odb.Format, shared func(odb.ID) (*Index, error)) (*Index, error) {
	size := format.Size()
	if len(data) < 12+size {
		return nil, errShort
	}
	body, said := data[:len(data)-size], odb.MakeID(data[len(data)-size:])
	h := format.New()
	h.Write(body)
	sum := odb.MakeID(h.Sum(nil))
	if !said.IsZero() && said != sum { // it is zero with index.skipHash
		return nil, errors.New("the checksum is wrong")
	}
	if string(body[:4]) != "DIRC" {
		return nil, errors.New("not an index")
	}
	d := &decoder{data: body[12:], format: format, version: binary.BigEndian.Uint32(body[4:])}
	if d.version < 2 || d.version > 4 {
		return nil, fmt.Errorf("version %d of indexes is not known", d.version)
	}
	if d.version < 4 {
		d.text = string(d.data)
	}
	n := int64(binary.BigEndian.Uint32(body[8:]))
	if smallest := int64(40 + size + 2 + 1); n > int64(len(body))/smallest {
		return nil, errShort
	}
	ix := &Index{Entries: make([]Entry, n), Sum: sum}
	for i := range ix.Entries {
		if err := d.entry(&ix.Entries[i]); err != nil {
			return nil, err
		}
	}
	return ix, d.extensions(ix, shared)
}

// entry reads an entry.
func (d *decoder) entry(e *Entry) error {
	size := d.format.Size()
	fixed := 40 + size + 2
	if len(d.data) < fixed {
		return errShort
	}
	start, b := d.data, d.data
	word := func(i int) uint32 { return binary.BigEndian.Uint32(b[4*i:]) }
	e.Stat = Stat{
		ChangeSec: word(0), ChangeNano: word(1), ModSec: word(2), ModNano: word(3),
		Device: word(4), Inode: word(5), UID: word(7), GID: word(8), Size: word(9),
	}
	if e.Mode = odb.Mode(word(6)).Canonical(); e.Mode == 0 {
		return fmt.Errorf("an entry has the unknown mode %o", word(6))
	}
	e.ID = odb.MakeID(b[40 : 40+size])
	flags := binary.BigEndian.Uint16(b[40+size:])
	d.data = b[fixed:]
	if flags&0x8000 != 0 {
		e.Flags |= AssumeUnchanged
	}
	e.Stage = uint8(flags >> 12 & 3)
	if flags&0x4000 != 0 {
		if d.version < 3 || len(d.data) < 2 {
			return errors.New("an entry has flags that its version does not have")
		}
		more := binary.BigEndian.Uint16(d.data)
		if more&0x4000 != 0 {
			e.Flags |= SkipWorktree
		}
		if more&0x2000 != 0 {
			e.Flags |= IntentToAdd
		}
		d.data = d.data[2:]
	}
	if d.version == 4 {
		keep, err := d.strip()
		if err != nil {
			return err
		}
		d.name = d.name[:keep]
	} else {
		d.name = d.name[:0]
	}
	name, rest, ok := bytes.Cut(d.data, []byte{0})
	if !ok {
		return errShort
	}
	d.name = append(d.name, name...)
	if len(d.name) > maxName {
		return errors.New("the name of an entry is too long")
	}
	if d.version == 4 {
		e.Name = string(d.name)
	} else {
		at := len(d.text) - len(d.data)
		e.Name = d.text[at : at+len(name)]
	}
	d.data = rest
	if d.version < 4 {
		// Entries are filled up to a multiple of 8 bytes.
		used := len(start) - len(d.data)
		if fill := -used & 7; fill > len(d.data) {
			return errShort
		} else {
			d.data = d.data[fill:]
		}
	}
	return checkName(e)
}

// maxName is the length of the longest name of an entry, in bytes. It bounds what an index of version
// 4, whose names are given by what differs from the one before, becomes in memory.
const maxName = 1 << 14

// strip reads how many bytes at the end of the last name are not part of the next one, and returns how
// many are left.
func (d *decoder) strip() (int, error) {
	n := 0
	for i, b := range d.data {
		if i > 0 {
			n++
		}
		n = n<<7 | int(b&0x7f)
		if n > len(d.name) {
			break
		}
		if b < 0x80 {
			d.data = d.data[i+1:]
			return len(d.name) - n, nil
		}
	}
	return 0, errors.New("the name of an entry is damaged")
}

// checkName returns an error for a name that leads out of the working tree. An entry of a split index
// whose name is in the shared one has none.
func checkName(e *Entry) error {
	name := e.Name
	if e.Mode == odb.ModeTree {
		name = strings.TrimSuffix(name, "/")
	}
	for part := range strings.SplitSeq(name, "/") {
		if (part == "" && name != "") || part == "." || part == ".." || strings.EqualFold(part, ".git") {
			return fmt.Errorf("an entry has the name '%.100s'", e.Name)
		}
	}
	return nil
}

// extensions reads what follows the entries.
func (d *decoder) extensions(ix *Index, shared func(odb.ID) (*Index, error)) error {
	var link []byte
	for len(d.data) > 0 {
		if len(d.data) < 8 {
			return errShort
		}
		name, size := string(d.data[:4]), int64(binary.BigEndian.Uint32(d.data[4:]))
		if size > int64(len(d.data))-8 {
			return errShort
		}
		data := d.data[8 : 8+size]
		d.data = d.data[8+size:]
		switch {
		case name == "TREE":
			ix.Tree, _ = readFolders(data, d.format)
		case name == "link":
			link = data
		case name == "sdir": // there are entries of folders
		case name[0] < 'A' || name[0] > 'Z':
			return fmt.Errorf("extension %q is not known", name)
		}
	}
	if link != nil {
		if shared == nil {
			return errors.New("a shared index builds on another one")
		}
		return ix.join(link, d.format, shared)
	}
	return ix.check()
}

// check returns an error unless entries have names and are in order.
func (ix *Index) check() error {
	for i := range ix.Entries {
		e := &ix.Entries[i]
		if e.Name == "" {
			return errors.New("an entry has no name")
		}
		if i > 0 && compare(&ix.Entries[i-1], e) >= 0 {
			return fmt.Errorf("entry '%.100s' is not in order", e.Name)
		}
	}
	return nil
}

func compare(a, b *Entry) int {
	if c := strings.Compare(a.Name, b.Name); c != 0 {
		return c
	}
	return int(a.Stage) - int(b.Stage)
}

// join makes a split index whole: link names the index that it builds on, which of its entries are
// gone, and which have others in their place. The latter are the first entries, without names.
func (ix *Index) join(link []byte, format odb.Format, shared func(odb.ID) (*Index, error)) error {
	size := format.Size()
	if len(link) < size {
		return errShort
	}
	id := odb.MakeID(link[:size])
	if id.IsZero() {
		return ix.check()
	}
	base, err := shared(id)
	if err != nil {
		return err
	}
	var gone, replaced []int
	if link = link[size:]; len(link) > 0 {
		if gone, link, err = readBitmap(link, len(base.Entries)); err != nil {
			return err
		}
		if replaced, _, err = readBitmap(link, len(base.Entries)); err != nil {
			return err
		}
	}
	if len(replaced) > len(ix.Entries) {
		return errors.New("entries of the split index are missing")
	}
	for i, at := range replaced {
		e := ix.Entries[i]
		if e.Name == "" {
			e.Name = base.Entries[at].Name
		}
		base.Entries[at] = e
	}
	added := ix.Entries[len(replaced):]
	all := base.Entries[:0]
	next := 0
	for i := range base.Entries {
		if next < len(gone) && gone[next] == i {
			next++
			continue
		}
		all = append(all, base.Entries[i])
	}
	all = append(all, added...)
	slices.SortStableFunc(all, func(a, b Entry) int { return compare(&a, &b) })
	ix.Entries = all
	return ix.check()
}

// readBitmap reads a compressed bitmap of n bits, and returns which are set, and what follows it. It is
// a series of words: each first one says how often a bit is repeated, in words, and how many words as
// they are come after that.
func readBitmap(data []byte, n int) (set []int, rest []byte, err error) {
	errBitmap := errors.New("a bitmap of the split index is damaged")
	if len(data) < 8 {
		return nil, nil, errBitmap
	}
	words := int64(binary.BigEndian.Uint32(data[4:]))
	if data = data[8:]; int64(len(data)) < 8*words+4 {
		return nil, nil, errBitmap
	}
	rest = data[8*words+4:]
	data = data[:8*words]
	bit := 0
	for len(data) > 0 {
		head := binary.BigEndian.Uint64(data)
		data = data[8:]
		run, literal := int64(head>>1&(1<<32-1)), int64(head>>33)
		if literal > int64(len(data)/8) {
			return nil, nil, errBitmap
		}
		if head&1 != 0 {
			if run > int64(n)/64+1 {
				return nil, nil, errBitmap
			}
			for i := range int(run) * 64 {
				set = append(set, bit+i)
			}
		}
		if run > 1<<26 {
			return nil, nil, errBitmap
		}
		bit += int(run) * 64
		for range literal {
			word := binary.BigEndian.Uint64(data)
			for i := range 64 {
				if word&(1<<i) != 0 {
					set = append(set, bit+i)
				}
			}
			data = data[8:]
			bit += 64
		}
		if len(set) > n+64 {
			return nil, nil, errBitmap
		}
	}
	if len(set) > 0 && set[len(set)-1] >= n {
		return nil, nil, errBitmap
	}
	return set, rest, nil
}
