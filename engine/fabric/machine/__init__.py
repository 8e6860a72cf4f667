"""The machine, and the rules by which it moves: its geometry, its constants, and what a program for it is.

Everything below is decided on the state at the start of a cycle; what moves is seen in the next one.

Router. A route gives, for a router and a color, one input port and any set of outputs; up to four such switch positions
exist, of which one is in force. Every input of a color has a queue of `queue_depth` wavelets. The wavelet at the head
of the queue of the input in force moves if every output is free: its link has not been taken in this cycle by another
color, and the queue at the other end has room. It moves to all outputs at once (multicast) or to none. Over a link it
is in the next router's queue one cycle later. Wavelets at inputs that are not in force wait.

Links are shared. In each router the color that moved longest ago goes first, the lower color first among equals (a
least-recently-served arbiter). A color that cannot move is passed over and blocks no other.

Ramp. A link like the others, with a latency of T_R cycles each way and a queue of T_R + `queue_depth` wavelets per
color: the pipeline and what waits at its end. A wavelet that leaves the router in cycle t can be used by the compute
element in cycle t + T_R. An element that is issued in cycle t is at the router T_R + 1 cycles later: one cycle of the
compute element and the ramp. A chain hop is therefore 1 + T_R + 1 + T_R cycles.

Compute element (CE). Each of its threads runs vector operations in order, an element at a time; the CE issues at most
one element a cycle, of the thread served longest ago among those that can go. An element needs its wavelet at the CE
and room on the ramp. After the last element of an operation the next one of the thread starts `vector_gap` cycles
later, and so does an operation of another thread that waited for it. All tasks start together after `task_startup`
cycles, from which the cycles of the kernel and of the trace are counted.

Arithmetic. An element of a multiplication is one product, added or not; where it hears its factors, each serves for a
row of products. Elements that follow each other in a row or column of the result go together in one cycle: as many as
the CE has multiply-adds, and as its memory ports carry operands of, whichever is less. A wavelet carries one number,
whatever its size; only where a program says so it carries two of fp16: an element is then such a pair, and both are
added in its cycle. Numbers are kept and sent as fp32, or as fp16, to which every sum and product is then rounded (to
the nearest, ties to even); a product that is added is rounded to fp32 first.

Control wavelets. A SWITCH_ADV travels in order behind the data and moves the switch of every router it crosses to its
next position, where there is one, for what follows it. The ramp of a destination drops it.

Faults. A CE that takes k cycles for an element issues the next one k cycles later, sends what comes of it on the ramp
after these k, and its next operation starts `vector_gap` cycles after them. A link of 1 + e hops takes as many cycles
and the queue behind it has room for e more wavelets. No wavelet moves over a dead link.

Errors. Two wavelets of one color that enter a router over two links in one cycle, or a wavelet at a router whose color
has no such input, end the run with `FabricError`. If nothing can move and work remains, the run ends as a deadlock.

Not modelled: bank conflicts of the memory, task scheduling by the hardware, TEARDOWN and ring mode of switches.
"""
