package world

// This file defines how a recorded read is compared with the world as it is.

import (
	"context"
	"errors"
	"io/fs"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A Stamp tells without reading that a file or directory is the same as before: a file with an
// equal one that is not zero is.
type Stamp struct {
	Size    int64
	ModTime int64 // in nanoseconds since 1970
	ID      FileID
}

// fresh is how long after a file was changed another change might leave its stamp as it is: file
// systems keep times in steps of up to two seconds.
const fresh = 3 * time.Second

// fileStamp returns the stamp of a file; zero if it is not known, or the file was changed just now.
func fileStamp(info FileInfo, err error) Stamp {
	latest := info.ModTime
	if changed := time.Unix(0, info.ID.Changed); info.ID.Changed != 0 && changed.After(latest) {
		latest = changed
	}
	if err != nil || info.ModTime.IsZero() || time.Since(latest) <= fresh {
		return Stamp{}
	}
	return stampOf(info)
}

func stampOf(info FileInfo) Stamp { return Stamp{info.Size, info.ModTime.UnixNano(), info.ID} }

// dirStamp is fileStamp for directories. Without an ID, what is known may be that of one of several
// that are shown as one; see Overlay.
func dirStamp(info FileInfo, err error) Stamp {
	if info.ID == (FileID{}) {
		return Stamp{}
	}
	return fileStamp(info, err)
}

// Unchanged reports whether all of reads, sorted as Log.Reads returns them, would find the same in
// host now. It uses all processors, and ends at the first that would not. If a stamp of reads did
// not tell and the file had to be read, refreshed is true, and the slice has the new stamp.
//
// Other than Changed, it trusts no stamp without a FileID: a file could be replaced by one of the
// same size and time.
func Unchanged(ctx context.Context, host Host, reads []Read) (same, refreshed bool) {
	const share = 256 // of reads that a goroutine takes at once
	var next atomic.Int64
	var changed, fresh atomic.Bool
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(reads)/share+1) {
		wait.Go(func() {
			for !changed.Load() {
				start := int(next.Add(share)) - share
				if start >= len(reads) {
					return
				}
				part := reads[start:min(start+share, len(reads))]
				for i := range part {
					if part[i].Stamp.ID == (FileID{}) {
						part[i].Stamp = Stamp{}
					}
				}
				at := 0
				out := compare(ctx, host, part, true, func(r Read) {
					for part[at].key() != r.key() {
						at++
					}
					part[at] = r
					fresh.Store(true)
				})
				if len(out) > 0 || ctx.Err() != nil {
					changed.Store(true)
				}
			}
		})
	}
	wait.Wait()
	return !changed.Load(), fresh.Load()
}

// Changed returns those of reads that would be different in host now. It reads files again only if
// their stamps do not tell; once ctx is done, the list is not complete.
func Changed(ctx context.Context, host Host, reads []Read) []Read {
	return changed(ctx, host, reads, func(Read) {})
}

// changed is Changed. It calls refresh for reads that found the same again, with a new stamp. Reads
// of one path that follow each other, as in a sorted list, look at it once.
func changed(ctx context.Context, host Host, reads []Read, refresh func(Read)) []Read {
	return compare(ctx, host, reads, false, refresh)
}

// compare is changed, and with first ends at the first read that would be different.
func compare(ctx context.Context, host Host, reads []Read, first bool, refresh func(Read)) []Read {
	var out []Read
	var last string
	var info FileInfo
	var err error
	for i, r := range reads {
		if ctx.Err() != nil || first && len(out) > 0 {
			break
		}
		if r.Kind == ReadEnv {
			if host.Getenv(ctx, r.Name) != r.Hash {
				out = append(out, r)
			}
			continue
		}
		if i == 0 || r.Name != last {
			last = r.Name
			info, err = host.Lstat(ctx, r.Name)
		}
		same, stamp := again(ctx, host, r, info, err)
		switch {
		case !same && ctx.Err() != nil: // which may be the reason
		case !same:
			out = append(out, r)
		case stamp != r.Stamp:
			r.Stamp = stamp
			refresh(r)
		}
	}
	return out
}

// again reports whether r would find the same now, where the path is as info and err say, and
// returns the stamp for the next time.
func again(ctx context.Context, host Host, r Read, info FileInfo, err error) (same bool, stamp Stamp) {
	switch {
	case r.Kind == ReadOnce, r.Kind == ReadStore:
		return false, Stamp{}
	case r.Kind == ReadFailed:
	case r.Kind == ReadAbsent:
		return errors.Is(err, fs.ErrNotExist), Stamp{}
	case err != nil:
		return false, Stamp{}
	case r.Kind == ReadStat:
		return statText(info) == r.Hash, Stamp{}
	case r.Stamp != Stamp{} && stampOf(info) == r.Stamp:
		return true, r.Stamp
	}
	op := map[ReadKind]string{ReadContents: opRead, ReadListing: opList, ReadTarget: opLink}[r.Kind]
	if r.Kind == ReadFailed {
		op, _, _ = strings.Cut(r.Hash, " ")
	}
	probe := NewRecorder(host)
	switch op {
	case opRead, opOpen:
		if f, err := probe.Open(ctx, r.Name); err == nil {
			buf := make([]byte, 32<<10)
			for err == nil && ctx.Err() == nil {
				_, err = f.Read(buf)
			}
			f.Close()
		}
	case opList:
		_, _ = probe.ReadDir(ctx, r.Name)
	case opLink:
		_, _ = probe.ReadLink(ctx, r.Name)
	case opLstat:
		_, _ = probe.Lstat(ctx, r.Name)
	}
	stamp, same = probe.seen[r.key()]
	return same && !(r.Kind == ReadContents && r.Hash == ""), stamp
}
