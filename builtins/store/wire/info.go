package wire

// This file defines how path infos are read and written.

import (
	"math"
	"slices"

	"github.com/firn-lang/firn/builtins/store"
	"github.com/firn-lang/firn/builtins/store/nixhash"
)

// Info reads what follows the path of a path info in the worker protocol.
func (r *Reader) Info(path string) *store.PathInfo {
	info := &store.PathInfo{Path: path}
	info.Deriver = r.OptionalPath()
	info.NARHash = r.narHash()
	info.References = r.references()
	info.Registered = r.Time()
	info.NARSize = r.Int64()
	if r.Version >= V(1, 16) { // and so in the serve protocol, which sends it this way too
		info.Ultimate = r.Bool()
		info.Signatures = r.set()
		info.CA = r.ca()
	}
	if r.err != nil {
		return nil
	}
	return info
}

// Info writes what follows the path of a path info in the worker protocol.
func (w *Writer) Info(info *store.PathInfo) {
	w.String(info.Deriver)
	w.String(info.NARHash.Text(nixhash.Base16))
	w.Strings(info.References)
	w.Time(info.Registered)
	w.Uint64(uint64(info.NARSize))
	if w.Version >= V(1, 16) {
		w.Bool(info.Ultimate)
		w.Strings(info.Signatures)
		w.String(info.CA.String())
	}
}

// ServeInfo reads what follows the path of a path info in the serve protocol.
func (r *Reader) ServeInfo(path string) *store.PathInfo {
	info := &store.PathInfo{Path: path}
	info.Deriver = r.OptionalPath()
	info.References = r.references()
	_ = r.Int64() // bytes to fetch
	info.NARSize = r.Int64()
	if r.Version >= V(2, 4) {
		info.NARHash = r.narHash()
		info.CA = r.ca()
		info.Signatures = r.set()
	}
	if r.err != nil {
		return nil
	}
	return info
}

// ServeInfo writes what follows the path of a path info in the serve protocol.
func (w *Writer) ServeInfo(info *store.PathInfo) {
	w.String(info.Deriver)
	w.Strings(info.References)
	w.Uint64(uint64(info.NARSize)) // bytes to fetch: archives are not compressed
	w.Uint64(uint64(info.NARSize))
	if w.Version >= V(2, 4) {
		w.String(info.NARHash.Prefixed(nixhash.Nix32))
		w.String(info.CA.String())
		w.Strings(info.Signatures)
	}
}

// narHash reads the hash of an archive: SHA-256, with or without its name.
func (r *Reader) narHash() nixhash.Hash {
	text := r.String()
	if r.err != nil || text == "" && r.Version.Major() == Serve.Major() {
		return nixhash.Hash{} // an old server does not know it
	}
	h, err := nixhash.Parse(text, nixhash.SHA256)
	if err != nil {
		r.Fail(&FormatError{err.Error()})
	}
	return h
}

// ca reads a content address.
func (r *Reader) ca() store.ContentAddress {
	text := r.String()
	if r.err != nil {
		return store.ContentAddress{}
	}
	ca, err := store.ParseContentAddress(text)
	if err != nil {
		r.Fail(&FormatError{err.Error()})
	}
	return ca
}

// references reads a set of store paths, which the peer need not have sorted.
func (r *Reader) references() []string { return sorted(r.Paths()) }

// set reads a set of strings.
func (r *Reader) set() []string { return sorted(r.Strings()) }

// sorted sorts a list, and drops what is in it twice.
func sorted(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// CheckSize makes a size that no archive has an error of r.
func (r *Reader) CheckSize(info *store.PathInfo) {
	if r.err == nil && (info.NARSize <= 0 || info.NARSize > math.MaxInt64/2) {
		r.failf("archive of '%s' has a size of %d bytes", info.Path, info.NARSize)
	}
}
