// What the programs that measure a library of C++ share: they answer lines of a workload and seconds.

#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "json.hpp"

namespace measure
{
using Run = std::function<void()>;
using Clock = std::chrono::steady_clock;

constexpr double GROUP = 50e-6;

/// What static-net computes in a workload: its tensors, under the names that PyTorch gives them, a signal, and the output.
struct Reference
{
    nlohmann::json file;
    std::vector<float> x;
    std::vector<float> y;

    explicit Reference(const std::string& workload)
    {
        std::ifstream stream(std::string(std::getenv("REFERENCES")) + "/" + workload + ".json");
        stream >> file;
        x = file.at("x").get<std::vector<float>>();
        y = file.at("y").get<std::vector<float>>();
    }

    /// Throws unless `outputs` are those of the reference, where samples behind `first` are looked at.
    void check(const std::vector<float>& outputs, size_t first) const
    {
        float off = outputs.size() == y.size() ? 0.0f : INFINITY;
        for (size_t step = first; step < y.size(); ++step)
            off = std::max(off, std::abs(outputs[step] - y[step]));
        if (!(off < 1e-3f))
            throw std::runtime_error("another output than static-net's, off by " + std::to_string(off));
    }
};

/// Has the compiler believe that a value is read.
template <typename T>
void keep(const T& value)
{
    asm volatile("" : : "g"(&value) : "memory");
}

inline double timed(const Run& run, size_t runs)
{
    const auto start = Clock::now();
    for (size_t index = 0; index < runs; ++index)
        run();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

/// The median time of a run, over groups of runs that fill so many seconds.
inline double nanoseconds(const Run& run, double seconds)
{
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    size_t runs = 1;
    while (timed(run, runs) < GROUP)
        runs *= 2;
    std::vector<double> times;
    while (times.empty() || Clock::now() < end)
        times.push_back(timed(run, runs) / static_cast<double>(runs));
    std::sort(times.begin(), times.end());
    return 1e9 * times[times.size() / 2];
}

/// Answers each line; `workloads` are functions that give a function to be run, by name.
inline int serve(const std::string& name, const std::map<std::string, std::function<Run()>>& workloads)
{
    std::cout << "ready " << name << std::endl;
    std::map<std::string, Run> made;
    std::string line;
    while (std::getline(std::cin, line))
    {
        std::string workload;
        double seconds = 0.0;
        std::istringstream(line) >> workload >> seconds;
        const auto found = workloads.find(workload);
        if (found == workloads.end())
        {
            std::cout << "none" << std::endl;
            continue;
        }
        try
        {
            if (made.find(workload) == made.end())
                made[workload] = found->second();
            std::cout << nanoseconds(made[workload], seconds) << std::endl;
        }
        catch (const std::exception& error)
        {
            std::cout << error.what() << std::endl;
        }
    }
    return 0;
}
} // namespace measure
