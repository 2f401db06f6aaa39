package heap

// This file defines regions: what a Space made since some moment, of which a part can be made
// free while its worker is at work.
//
// A collection of the whole heap needs all references, and Go's stack, which cannot be
// read, holds many. A region needs few. It begins between two steps of a loop, and all
// functions that are under way then know older objects only. Between two later steps nothing
// but these can refer to an object of the region:
//
//	the loop itself         which says what it holds
//	older objects           that changed since: thunks that were evaluated, sets that were
//	                        made flat. They are remembered when it happens.
//	tables outside of the heap
//	                        which tell what they get: see Pin
//
// So a region is marked and swept by itself, and older objects are not looked at. Regions
// nest as the loops do. Objects of a region are behind all older ones, so that one comparison
// tells them apart: a region begins where nothing was ever used, or is not any more.
//
// All of this is right only while no other Space of the heap is in use. The caller sees to that.

import "unsafe"

// A region is what a Space made since BeginRegion, and what is free of it.
type region struct {
	start      uint32            // objects of the region are here or behind
	at, limit  uint32            // what the Space allocated from before, if limit is not 0
	envs       [freeSizes]uint32 // Space.free before
	remembered int               // length of Space.remembered before
	pinned     int               // length of Space.pinned before
	free       freeRuns          // of the region; the Space takes memory from there first
	freeWords  uint64            // sum of free
}

// regions are the regions of a Space.
type regions struct {
	// old is where the innermost region starts, and first where the outermost does; 0 if there
	// is none. An object before old that comes to refer to one from first on is remembered.
	old, first uint32

	stack      []region // the innermost last
	remembered []uint32 // each at least once
	pinned     []Lazy
	marker     *Marker // with buffers to use again; nil before the first collection
}

// BeginRegion begins a region, and returns its number: how many are around it.
func (s *Space) BeginRegion() int {
	h := s.heap
	h.mu.Lock()
	top := h.next
	h.mu.Unlock()
	r := region{envs: s.free, remembered: len(s.remembered), pinned: len(s.pinned)}
	s.free = [freeSizes]uint32{}
	if uint64(s.limit) != top || s.limit == 0 {
		s.earlier -= s.left()
		r.at, r.limit = uint32(s.at), s.limit
		start, n := h.takeFresh(1)
		s.taken += n
		s.at, s.limit = s.at&^(oneObject-1)|start, uint32(start+n)
	}
	r.start = uint32(s.at)
	s.stack = append(s.stack, r)
	s.setOld()
	return len(s.stack) - 1
}

// setOld sets old and first, as the regions are now.
func (s *Space) setOld() {
	if n := len(s.stack); n == 0 {
		s.old, s.first, s.remembered, s.pinned = 0, 0, s.remembered[:0], s.pinned[:0]
	} else {
		s.old, s.first = s.stack[n-1].start, s.stack[0].start
	}
}

// EndRegion ends region n, and those within it. What they made stays.
func (s *Space) EndRegion(n int) {
	for len(s.stack) > n {
		s.endRegion()
	}
}

// endRegion ends the innermost region. What is free of it is free for the region around it.
func (s *Space) endRegion() {
	h := s.heap
	last := len(s.stack) - 1
	r := &s.stack[last]
	for i, e := range s.free {
		if e == 0 {
			s.free[i] = r.envs[i]
		}
	}
	h.mu.Lock()
	free := &h.free
	if last > 0 {
		free = &s.stack[last-1].free
		s.stack[last-1].freeWords += r.freeWords
	}
	free.small = append(free.small, r.free.small...)
	free.large = append(free.large, r.free.large...)
	if r.limit != 0 {
		switch left := s.left(); {
		case left > 0 && uint64(s.limit) == h.next:
			h.next -= left
			s.freed(left)
			s.earlier -= left
		case left >= minRun:
			free.add(run{start: uint64(uint32(s.at)), words: left})
			if last > 0 {
				s.stack[last-1].freeWords += left
			}
			s.freed(left)
			s.earlier -= left
		default:
			s.earlier -= left
		}
		s.at, s.limit = s.at&^(oneObject-1)|uint64(r.at), r.limit
		s.earlier += s.left()
	}
	h.mu.Unlock()
	s.stack[last] = region{}
	s.stack = s.stack[:last]
	s.setOld()
}

// takeInRegion is Heap.take, for the innermost region.
func (s *Space) takeInRegion(words uint64) (start, n uint64) {
	r := &s.stack[len(s.stack)-1]
	if f, ok := r.free.take(words); ok {
		r.freeWords -= f.words
		s.heap.used.Add(f.words)
		if !f.zero {
			clear(unsafe.Slice((*uint64)(unsafe.Add(s.base, f.start*wordSize)), f.words))
		}
		return f.start, f.words
	}
	return s.heap.takeFresh(words)
}

// Pin keeps l alive until no region is left: something outside of the heap refers to it from now on.
func (s *Space) Pin(l Lazy) {
	if s.first != 0 && uint32(l) >= s.first {
		s.pinned = append(s.pinned, l)
	}
}

// became is called when the object r came to refer to another one.
func (s *Space) became(r, to uint32) {
	if r < s.old && to >= s.first {
		s.remembered = append(s.remembered, r)
	}
}

// RegionStart returns where region n begins: older objects are before it.
func (s *Space) RegionStart(n int) Lazy { return Lazy(s.stack[n].start) }

// RegionBytes returns how much memory is in use behind the start of region n.
func (s *Space) RegionBytes(n int) uint64 {
	h := s.heap
	h.mu.Lock()
	defer h.mu.Unlock()
	return (h.next - uint64(s.stack[n].start) - s.stack[n].freeWords) * wordSize
}

// DropRegion makes free all that region n made, the innermost one, if nothing refers to it: the
// loop holds none of it. It returns false, and does nothing, if something may.
func (s *Space) DropRegion(n int) bool {
	s.EndRegion(n + 1)
	r := &s.stack[n]
	if len(s.pinned) > r.pinned {
		return false
	}
	for _, old := range s.remembered[r.remembered:] {
		if old < r.start && s.refersBehind(old, r.start) {
			return false
		}
	}
	s.review(r, func(uint32) {})
	h := s.heap
	h.mu.Lock()
	defer h.mu.Unlock()
	dirty := s.dirty()
	s.forgetChunk()
	s.freed(h.next - uint64(r.start) - r.freeWords)
	h.cut(uint64(r.start), dirty)
	r.free, r.freeWords = freeRuns{}, 0
	return true
}

// review calls fn for each remembered object that refers into r, the innermost region, and
// drops those that refer into no region.
func (s *Space) review(r *region, fn func(old uint32)) {
	kept := s.remembered[:r.remembered]
	for _, old := range s.remembered[r.remembered:] {
		if old >= r.start || !s.refersBehind(old, s.first) {
			continue
		}
		kept = append(kept, old)
		if s.refersBehind(old, r.start) {
			fn(old)
		}
	}
	s.remembered = kept
}

// refersBehind reports whether an object that became something since refers to one from start on.
func (s *Space) refersBehind(r, start uint32) bool {
	w := s.word(r)
	if kindOf(w).IsAttrs() {
		return uint32(s.below(Value(r))) >= start
	}
	return uint32(w) >= start // for a number that is not so, too
}

// forgetChunk gives up what s has to allocate from, which is about to be free.
func (s *Space) forgetChunk() {
	s.earlier -= s.left()
	s.objects += s.at >> 32
	s.at, s.limit, s.free = 0, 0, [freeSizes]uint32{}
}

// freed says that words that were taken are free again. Some may have been taken before
// Begin.
func (s *Space) freed(words uint64) {
	s.heap.used.Add(-words)
	n := min(words, s.taken)
	s.taken -= n
	s.earlier += n
}

// CollectRegion makes free what is not alive in region n, the innermost one. mark marks what the
// loop holds. It returns how many bytes are alive, or too little to be used again.
func (s *Space) CollectRegion(n int, mark func(m *Marker)) (alive uint64) {
	s.EndRegion(n + 1)
	r := &s.stack[n]
	h := s.heap
	h.mu.Lock()
	end := h.next
	h.mu.Unlock()
	if s.marker == nil {
		s.marker = &Marker{}
	}
	m := s.marker
	m.s = *s
	m.begin(r.start, uint32(end))
	for _, l := range s.pinned[r.pinned:] {
		m.Mark(l)
	}
	s.review(r, m.object)
	mark(m)
	m.Drain()

	h.mu.Lock()
	defer h.mu.Unlock()
	dirty := s.dirty()
	s.forgetChunk()
	var free freeRuns
	words, tail := uint64(0), end
	m.gaps(end, func(from, to uint64) {
		switch {
		case to == end:
			tail = from
		case to-from >= minRun:
			free.add(run{start: from, words: to - from})
			words += to - from
		}
	})
	free.reverse()
	s.freed(end - tail + words - r.freeWords)
	h.cut(tail, dirty)
	r.free, r.freeWords = free, words
	if words > keepWords && words > tail-uint64(r.start)-words {
		free.release(h.base)
	}
	return (tail - uint64(r.start) - words) * wordSize
}

// keepWords is how much free memory a region keeps rather than give it back to the system,
// from which it is expensive to get: 32 MiB.
const keepWords = 1 << 22

// dirty returns where the words end that may not be zero. The lock of the heap is held.
func (s *Space) dirty() uint64 {
	if next := s.heap.next; uint64(s.limit) != next {
		return next
	}
	return uint64(uint32(s.at))
}

// cut makes all words from start on such that were never used. Those from end on are zero.
// h.mu is held.
func (h *Heap) cut(start, end uint64) {
	h.next = start
	if end <= start {
		return
	}
	if end-start > keepWords {
		from := (start + keepWords + pageWords - 1) &^ (pageWords - 1)
		to := end &^ (pageWords - 1)
		if decommit(h.base, from*wordSize, to*wordSize) {
			clear(unsafe.Slice((*uint64)(unsafe.Add(h.base, to*wordSize)), end-to))
			end = from
		}
	}
	clear(unsafe.Slice((*uint64)(unsafe.Add(h.base, start*wordSize)), end-start))
}
