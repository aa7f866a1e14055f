// Waits for what another thread does, no longer than it has to.
#pragma once

#include <chrono>
#include <thread>

template <class F>
bool within(std::chrono::milliseconds time, F&& happens) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < until) {
    if (happens()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return happens();
}
