package index

// This file defines how the extension with the trees of folders is read.

import (
	"bytes"
	"errors"
	"strconv"

	"github.com/firn-lang/firn/builtins/fetch/git/odb"
)

// maxDepth is how deep folders may be in each other.
const maxDepth = 4096

var errFolders = errors.New("the trees of folders are damaged")

// readFolders reads the extension: for each folder its name, the number of entries below it (-1 if the
// tree is not known), the number of folders in it, and the name of its tree.
func readFolders(data []byte, format odb.Format) (*Folder, error) {
	r := folderReader{data: data, format: format}
	_, f, err := r.folder(0)
	if err == nil && len(r.data) > 0 {
		err = errFolders
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

type folderReader struct {
	data   []byte // what is left
	format odb.Format
}

// folder reads a folder with all in it.
func (r *folderReader) folder(depth int) (name string, f *Folder, err error) {
	if depth > maxDepth {
		return "", nil, errFolders
	}
	text, rest, ok := bytes.Cut(r.data, []byte{0})
	if !ok {
		return "", nil, errFolders
	}
	counts, rest, ok := bytes.Cut(rest, []byte{'\n'})
	if !ok {
		return "", nil, errFolders
	}
	r.data = rest
	entries, folders, _ := bytes.Cut(counts, []byte{' '})
	f = &Folder{}
	if f.Entries, err = strconv.Atoi(string(entries)); err != nil {
		return "", nil, errFolders
	}
	n, err := strconv.Atoi(string(folders))
	if err != nil || n < 0 || n > len(r.data) {
		return "", nil, errFolders
	}
	if f.Entries >= 0 {
		size := r.format.Size()
		if len(r.data) < size {
			return "", nil, errFolders
		}
		f.ID, r.data = odb.MakeID(r.data[:size]), r.data[size:]
	}
	for range n {
		name, sub, err := r.folder(depth + 1)
		if err != nil {
			return "", nil, err
		}
		if f.Folders == nil {
			f.Folders = make(map[string]*Folder)
		}
		f.Folders[name] = sub
	}
	return string(text), f, nil
}
