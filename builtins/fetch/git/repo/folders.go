package repo

// This file defines how a look at each folder of a working tree is saved.

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"github.com/firn-lang/firn/builtins/fetch/git/index"
)

// settling is how old times of change must be to tell all changes: file systems count in coarse steps.
const settling = 2 * time.Second

// foldersFact returns what the fact is called that the folders of an index are folders on disk, and not symbolic
// links. The text has the times of those that have others in them, which change when one in them is replaced:
// with 53,000 files in 37,000 folders, 1,300 looks take the place of 37,000. It is "" if a folder is missing, or
// the system does not tell enough. settled reports whether the fact may be remembered.
func (r *Repository) foldersFact(ix *index.Index) (fact string, settled bool) {
	names := newNames(r.WorkTree)
	defer names.close()
	h := sha256.New()
	fmt.Fprintf(h, "%s\n%s\n", r.WorkTree, ix.Sum)
	limit := time.Now().Add(-settling).Unix()
	settled = true
	seen := map[string]bool{}
	var line []byte
	for i, last := 0, ""; i < len(ix.Entries); i++ {
		dir := parentFolder(ix.Entries[i].Name)
		if dir == last {
			continue
		}
		for p := dir; p != "" && !within(last, p); p = parentFolder(p) {
			up := parentFolder(p)
			if seen[up] {
				continue
			}
			seen[up] = true
			info, err := names.lstat(up)
			if err != nil || !info.mode.IsDir() || !info.stat.known {
				return "", false
			}
			settled = settled && info.stat.changeSec < limit && info.stat.modSec < limit
			line = append(append(line[:0], up...), 0)
			for _, n := range [...]int64{int64(info.stat.inode), info.stat.modSec, info.stat.modNano, info.stat.changeSec, info.stat.changeNano} {
				line = binary.LittleEndian.AppendUint64(line, uint64(n))
			}
			h.Write(line)
		}
		last = dir
	}
	return "folders:" + hex.EncodeToString(h.Sum(nil)), settled
}
